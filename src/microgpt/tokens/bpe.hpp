// BPE: tokens of several bytes, each made of two others.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "microgpt/autograd/place.hpp"
#include "microgpt/data/text.hpp"
#include "microgpt/tokens/pieces.hpp"

namespace microgpt {

/// Two tokens that stand side by side, and the one that takes their place.
struct Merge {
    Index left;
    Index right;
    Index whole;
    bool operator==(const Merge&) const = default;
};

/// Two tokens as one number, to look them up by.
constexpr std::uint64_t pair_key(Index left, Index right) {
    return std::uint64_t{left} << 32 | right;
}

/// Byte-pair encoding (Gage 1994; for words, Sennrich and others 2016; on bytes, GPT-2 2019): what
/// each token spells, and which two make a third.
class Bpe {
  public:
    struct Rules {
        /// Where a text is cut: no token reaches over such an edge.
        Split split = piece;
        /// Whether a piece that is a token is that token, whatever the merges would make of it.
        bool whole_pieces_first = false;
        /// Which of two merges goes first: the one with the smaller token, as tiktoken has it, and
        /// not the one that was learned earlier.
        bool smaller_token_first = false;
    };

    /// `tokens` are the bytes of each token, `merges` in the order in which they were learned, and
    /// `special` those tokens which no bytes of a text become: signs between texts, as
    /// "<|endoftext|>". Throws DataError where a byte has no token, two tokens are the same, or a
    /// merge does not spell the token it makes.
    Bpe(std::vector<std::string> tokens, std::vector<Merge> merges, Rules rules,
        std::vector<Index> special = {});

    Index vocab_size() const { return static_cast<Index>(tokens_.size()); }
    const std::vector<std::string>& tokens() const { return tokens_; }
    const std::vector<Merge>& merges() const { return merges_; }
    const std::vector<Index>& special() const { return special_; }
    const Rules& rules() const { return rules_; }

    /// The token that spells some bytes, if one does that is not special.
    std::optional<Index> find(std::string_view bytes) const;
    /// How soon two tokens are merged, 0 first, and what they become.
    struct Ranked {
        Index rank;
        Index whole;
    };
    /// nullptr where they stay two.
    const Ranked* merged(Index left, Index right) const;

    /// What some tokens spell, which need not be UTF-8. Throws std::out_of_range for a token that
    /// there is not.
    std::string decode(const std::vector<Index>& ids) const;

  private:
    std::vector<std::string> tokens_;
    std::vector<Merge> merges_;
    Rules rules_;
    std::vector<Index> special_;
    std::unordered_map<std::string, Index> ids_;
    std::unordered_map<std::uint64_t, Ranked> ranked_;
};

/// The tokens in the order of their numbers. Throws DataError where these are not 0, 1, 2, …
std::vector<std::string> in_order(const std::map<Index, std::string>& tokens);

}  // namespace microgpt
