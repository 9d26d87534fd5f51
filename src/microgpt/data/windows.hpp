// Windows: a long text, read a stretch at a time.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "microgpt/data/tokenizer.hpp"

namespace microgpt {

/// Where the part of a text ends that is trained on, if `share` of its bytes are held out: behind
/// the line in which that is. Throws DataError for a text in which both would not be in two lines.
std::size_t end_of_training(std::string_view text, double share);

/// A text in windows that follow one another, each of block_size tokens; only the last may have
/// fewer. A window is a document to its reader: it begins with BOS, as if no text came before it.
std::vector<std::string_view> windows(std::string_view text, const Tokenizer& tokenizer,
                                      std::size_t block_size);

}  // namespace microgpt
