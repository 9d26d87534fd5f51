// What no single flag can know: whether they fit together.
#pragma once

#include "arguments.hpp"

namespace microgpt {

/// Throws std::invalid_argument for a file that is to serve two purposes, for sizes that make no
/// model, and for flags that contradict the checkpoint that was loaded, if one was.
void check_together(const Arguments& arguments, const Checkpoint* loaded);

}  // namespace microgpt
