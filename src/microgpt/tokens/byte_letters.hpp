// Byte letters: a letter for each byte, so that any bytes can be written as text.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace microgpt {

/// Every byte, in the order of the letters that stand for them: so are the first 256 tokens of a
/// byte-level tokenizer numbered. "!" is the first.
const std::array<std::uint8_t, 256>& bytes_by_letter();

/// Bytes as files of tokenizers write them (GPT-2's table): a byte that can be seen is the letter
/// of that number, and those that can't be are U+0100, U+0101, … in turn. A space is "Ġ".
std::string letters_of(std::string_view bytes);

/// The bytes that such letters stand for. Throws DataError for a letter that stands for none.
std::string bytes_of(std::string_view letters);

}  // namespace microgpt
