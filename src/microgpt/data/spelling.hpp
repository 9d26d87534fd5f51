// Spelling: how a message names a character, and the two ways to write an accent.
#pragma once

#include <string>
#include <string_view>

namespace microgpt {

/// A character as a message names it: 'y', 'é' (U+00E9), or U+00A0 for one that is not seen.
std::string named(std::string_view character);

/// The text with each accent in its letter's code point, where Unicode has one (NFC), or in none
/// (NFD). They look the same, and are different characters. Text that is not UTF-8 stays as it is.
std::string with_accents_inside(std::string_view text);
std::string with_accents_apart(std::string_view text);

}  // namespace microgpt
