// Step parts: how long each part of a step took.
#pragma once

#include <chrono>
#include <utility>

namespace microgpt {

/// In seconds: reading and summing, waiting for the slowest if that is measured, the gradients'
/// exchange, adding up and Adam, the weights' way round, and their second copy.
struct StepParts {
    double compute = 0, wait = 0, exchange = 0, update = 0, gather = 0, copy = 0;

    /// The whole step.
    double all() const { return compute + wait + exchange + update + gather + copy; }
    /// What was added since.
    StepParts operator-(const StepParts& before) const {
        return {compute - before.compute, wait - before.wait,     exchange - before.exchange,
                update - before.update,   gather - before.gather, copy - before.copy};
    }
};

/// Adds to a part what has passed since the last call.
class StepClock {
  public:
    void add_to(double& part) {
        const auto before = std::exchange(at_, std::chrono::steady_clock::now());
        part += std::chrono::duration<double>(at_ - before).count();
    }

  private:
    std::chrono::steady_clock::time_point at_ = std::chrono::steady_clock::now();
};

}  // namespace microgpt
