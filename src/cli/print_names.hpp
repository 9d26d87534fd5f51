// The names, once training is over.
#pragma once

#include <string>
#include <vector>

#include "arguments.hpp"
#include "host.hpp"

namespace microgpt {

/// How many documents an engine had best read at once.
std::size_t side_by_side(const Run& run, const EngineChoice& engine);

/// Invents as many names as are asked for, prints each, and stops when it is told to. Returns them
/// if there is an evaluation to come.
std::vector<std::string> print_names(Run& run, const Arguments& arguments, Host& host);

}  // namespace microgpt
