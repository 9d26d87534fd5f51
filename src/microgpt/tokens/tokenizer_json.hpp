// tokenizer.json: the file of Hugging Face's tokenizers, read and written.
#pragma once

#include <string>
#include <string_view>

#include "microgpt/tokens/bpe.hpp"

namespace microgpt {

/// A tokenizer from what a tokenizer.json says; `name` is what messages call the text. What can be
/// read: a model "BPE" on bytes, cut by GPT-2's rule, with no space put in front, nothing
/// normalized or left to chance, and no added tokens but special ones. Throws DataError for any
/// other, saying what it is that cannot be done.
Bpe bpe_from_json(std::string_view json, const std::string& name);

/// The other way about. `tokenizers` gives a text the same tokens by it.
std::string bpe_to_json(const Bpe& bpe);

}  // namespace microgpt
