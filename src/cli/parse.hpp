// Parsing: from the command line to what it asks for.
#pragma once

#include <optional>

#include "arguments.hpp"

namespace microgpt {

/// Reads the command line. When the program is done with that, because it was asked for --help or
/// cannot make sense of a flag, prints what there is to say and sets `exit_code` instead. What was
/// loaded with --load, once it is known, takes the place of the defaults.
std::optional<Arguments> parse_arguments(int argc, const char* const* argv, int& exit_code,
                                         const Checkpoint* loaded = nullptr);

}  // namespace microgpt
