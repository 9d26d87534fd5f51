// BPE trainer: which pairs of tokens are worth a token of their own.
#pragma once

#include <string_view>
#include <vector>

#include "microgpt/tokens/bpe.hpp"

namespace microgpt {

/// Learns a tokenizer of `vocab_size` tokens from some texts: the 256 bytes, in the order of their
/// letters, and then again and again the pair of neighbours that comes most often, until there are
/// as many, or no pair is left. Of pairs that come equally often, the one with the smallest left
/// token is taken, and of those the one with the smallest right one.
/// The merges, their order among them, are those of Hugging Face's `tokenizers` (ByteLevel, without
/// a space in front). Throws std::invalid_argument for fewer than 256 tokens.
Bpe train_bpe(const std::vector<std::string_view>& texts, Index vocab_size, Split split = piece);

}  // namespace microgpt
