// Longest match: another way from a piece to its tokens.
#pragma once

#include "microgpt/tokens/bpe.hpp"

namespace microgpt {

/// The tokens of a piece: the longest that it begins with, then the longest that the rest begins
/// with, and so on, as WordPiece does.
inline std::vector<Index> longest_match(const Bpe& bpe, std::string_view piece) {
    std::vector<Index> ids;
    while (!piece.empty()) {
        std::size_t length = piece.size();
        while (!bpe.find(piece.substr(0, length))) --length;
        ids.push_back(*bpe.find(piece.substr(0, length)));
        piece.remove_prefix(length);
    }
    return ids;
}

}  // namespace microgpt
