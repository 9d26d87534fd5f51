// Exchange time: how long messages take between the ranks that there are.
#pragma once

#include "microgpt/cluster/ranks.hpp"
#include "step_cost.hpp"

namespace microgpt {

/// The seconds that it takes until each rank has so many bytes of every other: the least of some.
double seconds_of_exchange(const Ranks& ranks, std::size_t bytes);

/// The network as two such exchanges show it: a short one and a long one.
Network measured_network(const Ranks& ranks);

}  // namespace microgpt
