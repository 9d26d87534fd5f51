// Tokenizer: characters to small numbers, and back.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "microgpt/autograd/place.hpp"
#include "microgpt/data/text.hpp"

namespace microgpt {

/// How a text becomes tokens that are not characters: the first `most` of them.
using TokensOf = std::function<std::vector<Index>(std::string_view text, std::size_t most)>;

/// Gives each character a number, its token: the distinct ones in order are 0, 1, 2, … One more
/// token, BOS, stands before and after every document.
class Tokenizer {
  public:
    /// Learns the characters of `docs`.
    explicit Tokenizer(const std::vector<std::string_view>& docs, Split split = code_point);
    /// Takes tokens of another making, chapter 10's: what each of them spells, in their order, and
    /// how a text becomes them.
    Tokenizer(std::vector<std::string> pieces, TokensOf tokens_of);

    /// The token before and after every document, the last one.
    Index bos() const { return static_cast<Index>(characters_.size()); }
    /// How many tokens there are, BOS among them.
    Index vocab_size() const { return bos() + 1; }
    /// A token's character; BOS has none. Throws std::out_of_range past the last one.
    const std::string& character(Index token) const { return characters_.at(token); }

    /// BOS, a token for each character, BOS; or the first `most` of these, and no more is read.
    /// Throws DataError for a character it never saw.
    std::vector<Index> encode(std::string_view document, std::size_t most = SIZE_MAX) const;
    /// The tokens of a text, without BOS. Throws DataError for a character it never saw.
    std::vector<Index> tokens(std::string_view text, std::size_t most = SIZE_MAX) const;
    /// The characters of some tokens, put together. Throws as character().
    std::string decode(const std::vector<Index>& tokens) const;
    /// Every character, in the order of their tokens.
    const std::vector<std::string>& characters() const { return characters_; }
    /// What messages call a token.
    std::string unit() const { return tokens_of_ ? "piece" : "character"; }

  private:
    Index token(std::string_view character) const;

    Split split_;
    TokensOf tokens_of_;                   // or none
    std::vector<std::string> characters_;  // sorted, if they are characters
    std::array<Index, 256> of_byte_ = {};  // the tokens of those of one byte
};

}  // namespace microgpt
