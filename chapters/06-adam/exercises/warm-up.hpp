// Warm-up: a learning rate that rises before it falls.
#pragma once

#include "microgpt/training/adam.hpp"

namespace microgpt {

/// The share of the learning rate at `step` of `steps`, of which the first `warm` rise evenly from
/// 1/warm to all of it; after them it falls as linear_decay(), which the first share is a share of.
inline double warm_up(Index step, Index steps, Index warm) {
    const double risen = step < warm ? (step + 1.0) / warm : 1;
    return risen * linear_decay(step, steps);
}

}  // namespace microgpt
