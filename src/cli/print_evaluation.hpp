// How good the model is, once it has said its names.
#pragma once

#include <string>
#include <vector>

#include "arguments.hpp"
#include "host.hpp"

namespace microgpt {

/// Throws DataError if all spellings will have been read when training is over, and none is left to
/// ask about.
void require_unread(const Run& run, const Arguments& arguments);

/// Prints the losses on what was read and what was not, and how many names are new; stops when it
/// is told to.
void print_evaluation(const Run& run, const Arguments& arguments,
                      const std::vector<std::string>& names, Host& host);

}  // namespace microgpt
