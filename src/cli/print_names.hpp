// The names, once training is over.
#pragma once

#include "arguments.hpp"
#include "host.hpp"

namespace microgpt {

/// Invents as many names as are asked for, prints each, and stops when it is told to.
void print_names(Run& run, const Arguments& arguments, Host& host);

}  // namespace microgpt
