// A network, a job and its losses: what a step costs on many machines, as formulas.
#pragma once

#include <cstddef>

namespace microgpt {

/// A network as two numbers.
struct Network {
    double latency;    // seconds that a message takes, however short it is
    double bandwidth;  // bytes that a rank sends in a second
};

/// What a message of so many bytes takes.
double seconds_of_message(const Network& network, double bytes);

/// A training, as far as its cost goes.
struct Workload {
    double parameters;
    double tokens;     // that all ranks together read in a step
    double rate;       // FLOPs that a rank does in a second
    double bytes = 4;  // of a number
};

/// Where the time of a step goes, in seconds.
struct StepCost {
    double compute, exchange, gather;
    double all() const { return compute + exchange + gather; }
};

/// What a step should take where the work is shared evenly: the FLOPs, and two collectives, in each
/// of which a rank sends a message to every other.
StepCost step_cost(const Workload& work, const Network& network, std::size_t ranks);

/// How much of their time the ranks compute.
double efficiency(const Workload& work, const Network& network, std::size_t ranks);

/// After how long to save, where that takes `saving` and a failure comes every `between`: the
/// formula of Young. All three in the same unit.
double save_every(double saving, double between);

/// The share of the time that is then lost: to saving, and to doing again, after a failure, what
/// was not saved.
double lost_share(double every, double saving, double between);

}  // namespace microgpt
