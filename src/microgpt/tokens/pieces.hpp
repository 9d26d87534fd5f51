// Pieces: where a text is cut before its bytes are joined into tokens.
#pragma once

#include <string_view>

namespace microgpt {

// GPT-2 writes the rule as
//     's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
// where \p{L} are Unicode's letters and \p{N} its numbers; of white space before a word, the last
// character is left for the next piece.

/// The first piece of a text that is not empty: a word with the space before it, a number, a run of
/// signs, or white space, by GPT-2's rule. No token reaches over the edge of one, so that "dog",
/// "dog." and "dog!" share theirs. A byte that is not UTF-8 counts as a sign.
std::string_view piece(std::string_view text);

}  // namespace microgpt
