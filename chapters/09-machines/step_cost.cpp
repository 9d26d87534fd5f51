// The cost of a step: work that is shared, and messages that are not.
#include "step_cost.hpp"

#include <cmath>

namespace microgpt {

double seconds_of_message(const Network& network, double bytes) {
    return network.latency + bytes / network.bandwidth;
}

StepCost step_cost(const Workload& work, const Network& network, std::size_t ranks) {
    const auto r = static_cast<double>(ranks);
    const double flops = 6 * work.parameters * work.tokens + 14 * work.parameters;
    const double share = work.bytes * work.parameters / r;  // of the sums, and of the weights
    const double collective = (r - 1) * seconds_of_message(network, share);
    return {flops / r / work.rate, collective, collective};
}

double efficiency(const Workload& work, const Network& network, std::size_t ranks) {
    const StepCost cost = step_cost(work, network, ranks);
    return cost.compute / cost.all();
}

double save_every(double saving, double between) { return std::sqrt(2 * saving * between); }

double lost_share(double every, double saving, double between) {
    return saving / every + every / 2 / between;
}

}  // namespace microgpt
