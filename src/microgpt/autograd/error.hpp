// Error: what the library throws where something outside of the program is wrong.
#pragma once

#include <stdexcept>

namespace microgpt {

/// Data, a file, the network, memory or a number that cannot be gone on with: each of these has a
/// class of its own below this one; what is wrong with the machine has none. The message is one
/// line: what is wrong, and what to do where that is known. What only a program can do wrong is a
/// std::logic_error instead.
class Error : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

}  // namespace microgpt
