// Text from elsewhere, as it may be shown.
#pragma once

#include <string>
#include <string_view>

namespace microgpt {

/// The text with its control characters written as "\x1b", and signs that turn the direction of a
/// line as "\u202e": the name of a file may have some, and a terminal obeys them.
std::string one_line(std::string_view text);

}  // namespace microgpt
