// BPE encoder: from a text to its tokens.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "microgpt/tokens/bpe.hpp"

namespace microgpt {

/// Encodes texts, and remembers the pieces it has seen: most of a text is words that came before.
/// One thread at a time may use it. The tokenizer has to outlive it, and not to change meanwhile.
class BpeEncoder {
  public:
    explicit BpeEncoder(const Bpe& bpe);
    BpeEncoder(const BpeEncoder&) = delete;
    BpeEncoder& operator=(const BpeEncoder&) = delete;

    /// The tokens of a text, of any bytes. In each piece, of all pairs of neighbours that can be
    /// merged the first in rank is, and of equal ones the leftmost, until none can. The text of a
    /// special token is a text like any other: who may write a text need not be one who may end it.
    /// Of a long text, the first `most` tokens take no longer than those of a short one.
    std::vector<Index> encode(std::string_view text, std::size_t most = SIZE_MAX);
    /// The same, but where the text of a special token stands, that token does. Of several that
    /// begin in the same place, the longest one.
    std::vector<Index> encode_with_special(std::string_view text);

  private:
    std::vector<Index> merge(std::string_view piece) const;
    void append(std::vector<Index>& all, std::string_view text, std::size_t most);

    const Bpe& bpe_;
    std::array<Index, 256> of_byte_;
    std::deque<std::string> pieces_;  // as the views below show them
    std::unordered_map<std::string_view, std::vector<Index>> seen_;
};

}  // namespace microgpt
