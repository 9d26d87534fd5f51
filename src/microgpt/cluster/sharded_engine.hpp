// The sharded engine: the fast one on many ranks, each with a share of work and moments.
#pragma once

#include "microgpt/cluster/ranks.hpp"
#include "microgpt/cluster/step_parts.hpp"
#include "microgpt/engines/engine.hpp"

namespace microgpt {

/// An engine whose steps all ranks take together: they read the same documents, and have the same
/// weights. Adam's moments are divided among them.
class ClusterEngine : public Engine {
  public:
    /// Brings the moments to the first rank, whose adam() then has them until the next step.
    virtual void collect_moments() = 0;
    /// How long the steps so far took; from now on with the wait told apart, for which all meet
    /// once more in each step.
    virtual StepParts parts() = 0;
};

/// Engines that compute in T, on all ranks, each of so many threads. Neither number changes a bit:
/// the order is that of engines/order/summation.hpp. A rank reads a run of bundles, sends to each
/// rank the sums that are for its share of the parameters, takes Adam's step for its own share, and
/// gets the others'. step(), restore(), rearrange() and collect_moments() are called by all ranks;
/// whatever step() throws, it throws on all. For W weights on R ranks, a rank's moments are
/// 2 W/R numbers, but for four vectors.
template <class T>
EngineKind sharded_kind(Ranks& ranks, std::size_t threads = 1);

}  // namespace microgpt
