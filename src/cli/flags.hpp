// Flags: all that the command line knows.
#pragma once

#include "arguments.hpp"

namespace CLI {
class App;
}

namespace microgpt {

/// Declares every flag, with its default from where it puts its value.
void declare_all(CLI::App& app, Arguments& arguments);

}  // namespace microgpt
