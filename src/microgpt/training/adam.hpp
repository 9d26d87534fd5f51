// Adam: a step of its own length for every parameter.
#pragma once

#include <vector>

#include "microgpt/autograd/vector.hpp"

namespace microgpt {

/// The numbers in another order: number i is what number order[i] was. Throws
/// std::invalid_argument unless `order` names each of them once.
std::vector<double> rearranged(std::span<const double> numbers, const std::vector<Index>& order);

/// The optimizer (Kingma and Ba 2015). For each parameter it keeps a running mean of the gradient
/// and of its square; the step is the first divided by the root of the second.
class Adam {
  public:
    struct Config {
        double learning_rate = 0.01;
        double beta1 = 0.85;    // how much of the mean is kept from step to step
        double beta2 = 0.99;    // the same for the mean of the squares
        double epsilon = 1e-8;  // keeps a gradient of zero from a division by zero
    };

    /// What Adam remembers from step to step.
    struct State {
        Index steps = 0;
        std::vector<double> m;  // running mean of each parameter's gradient
        std::vector<double> v;  // running mean of its square
    };

    /// What is the same for all parameters in a step: p -= rate · m / (root_scale · √v + epsilon).
    struct Pace {
        double rate;
        double root_scale;
    };
    /// That of step number `step`, the first being 1. `decay` scales the learning rate.
    static Pace pace(const Config& config, Index step, double decay);

    explicit Adam(Vector parameters) : Adam(parameters, Config()) {}
    Adam(Vector parameters, const Config& config);

    /// Replaces the parameters. `decay` scales the learning rate.
    void step(const Gradients& gradients, double decay = 1);

    /// Moves parameters, with what Adam remembers of them, as rearranged().
    void rearrange(const std::vector<Index>& order);

    /// As it is now, and changes with each step.
    const State& state() const { return state_; }
    /// Goes on from there. Throws std::invalid_argument unless there is an m and a v for each
    /// parameter.
    void restore(State state);

  private:
    Vector parameters_;
    Config config_;
    State state_;
};

/// The share of the learning rate that is left at `step` of `steps`: from 1 down to 1/steps.
inline double linear_decay(Index step, Index steps) {
    return 1 - static_cast<double>(step) / steps;
}

}  // namespace microgpt
