// Text for a message, which is one line.
#pragma once

#include <string>

namespace microgpt {

/// The text without what would break its line, as the name of a file may.
std::string one_line(std::string text);

}  // namespace microgpt
