// Saying something, beside what is printed.
#pragma once

#include <string>

namespace microgpt {

/// Prints one line on standard error, after what was printed so far.
void say(const std::string& message);

}  // namespace microgpt
