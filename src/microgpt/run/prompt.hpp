// Prompt: what somebody types for a model to go on with.
#pragma once

#include <string>
#include <vector>

#include "microgpt/data/tokenizer.hpp"

namespace microgpt {

/// The tokens of a prompt. Throws DataError, which begins with "the prompt", if it is not UTF-8, if
/// it has a character that the tokenizer does not know, or if it leaves no room for more among
/// `most` characters.
std::vector<Index> prompt_tokens(const std::string& prompt, const Tokenizer& tokenizer, Index most);

}  // namespace microgpt
