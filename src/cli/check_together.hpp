// What no single flag can know: whether they fit together.
#pragma once

#include "arguments.hpp"
#include "microgpt/run/start_weights.hpp"

namespace microgpt {

/// Throws std::invalid_argument for a file that is to serve two purposes, for sizes that make no
/// model, and for flags that contradict the checkpoint or the weights that were loaded, if any
/// were.
void check_together(const Arguments& arguments, const Checkpoint* loaded,
                    const StartWeights* weights);

}  // namespace microgpt
