// tiktoken's ranks: a list of tokens, read and written.
#pragma once

#include <string>
#include <string_view>

#include "microgpt/tokens/bpe.hpp"

namespace microgpt {

/// A tokenizer from tiktoken's list, a line for each token: its bytes in base64, a space, its
/// number. Such a list has no merges, no rule for cutting and no special tokens: any two tokens
/// merge that make a third, the smallest one first. `name` is what messages call the text. Throws
/// DataError for a text that is none.
Bpe bpe_from_ranks(std::string_view ranks, const std::string& name, Split split = piece);

/// The other way about, without the special tokens. Throws DataError where the merges do not make
/// the tokens in the order of their numbers.
std::string bpe_to_ranks(const Bpe& bpe);

}  // namespace microgpt
