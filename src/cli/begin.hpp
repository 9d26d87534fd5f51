// Before training: the run that is asked for, and what is said of it.
#pragma once

#include <optional>

#include "arguments.hpp"
#include "host.hpp"
#include "microgpt/run/start_weights.hpp"

namespace microgpt {

/// A new run, or one that goes on from a checkpoint, or one that begins with weights.
Run begin(const Arguments& arguments, const std::optional<Checkpoint>& loaded,
          const std::optional<StartWeights>& weights, Host& host);

/// Throws for what can be known before training: a prompt that the model cannot read, an evaluation
/// of nothing, files that cannot be written.
void check_before(const Run& run, const Arguments& arguments, Host& host);

/// Prints the notes and the sizes.
void announce(const Run& run);

}  // namespace microgpt
