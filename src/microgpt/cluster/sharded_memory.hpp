// The memory of a rank, as a formula.
#pragma once

#include "microgpt/engines/engine.hpp"

namespace microgpt {

/// How many bytes one of so many ranks needs in T, at the most. With W weights, R ranks and B
/// bundles of documents a step: 2 W for the weights and their copy, 2 W/R for Adam's moments, and
/// for each of log2(B/R) sums at the most W where it grows, W as it is sent and W as it is
/// received; and a trace for B/R bundles.
template <class T>
double sharded_bytes(const TrainingConfig& training, std::size_t threads, std::size_t ranks);

}  // namespace microgpt
