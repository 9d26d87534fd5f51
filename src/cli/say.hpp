// Saying something, beside what is printed.
#pragma once

#include <exception>
#include <string>

namespace microgpt {

/// Prints one line on standard error, after what was printed so far.
void say(const std::string& message);

/// The same of what went wrong, in words that are ours, and where memory has run out without any.
void say(const std::exception& error) noexcept;

}  // namespace microgpt
