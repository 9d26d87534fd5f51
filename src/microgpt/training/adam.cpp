// Adam: the update of every parameter.
#include "microgpt/training/adam.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace microgpt {

Adam::Adam(Vector parameters, const Config& config)
    : parameters_(parameters),
      config_(config),
      state_{0, std::vector<double>(parameters.size()), std::vector<double>(parameters.size())} {}

// Both means start at zero and are too small at first: m / m_bias and v / v_bias undo it. Said once
// for all parameters, with v_bias through the root, they leave each of them one division.
Adam::Pace Adam::pace(const Config& config, Index step, double decay) {
    const double m_bias = 1 - std::pow(config.beta1, step);
    const double v_bias = 1 - std::pow(config.beta2, step);
    return {config.learning_rate * decay / m_bias, 1 / std::sqrt(v_bias)};
}

void Adam::step(const Gradients& gradients, double decay) {
    const auto [learning_rate, beta1, beta2, epsilon] = config_;
    const std::span<double> p = Tape::current().parameters(parameters_);
    const std::span<const double> g = gradients[parameters_];
    auto& [steps, m, v] = state_;
    const auto [rate, root_scale] = pace(config_, ++steps, decay);
    for (std::size_t i = 0; i < p.size(); ++i) {
        m[i] = beta1 * m[i] + (1 - beta1) * g[i];
        v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
        p[i] -= rate * m[i] / (std::sqrt(v[i]) * root_scale + epsilon);
    }
}

void Adam::rearrange(const std::vector<Index>& order) {
    const std::span<double> p = Tape::current().parameters(parameters_);
    std::ranges::copy(rearranged(p, order), p.begin());
    state_.m = rearranged(state_.m, order);
    state_.v = rearranged(state_.v, order);
}

std::vector<double> rearranged(std::span<const double> numbers, const std::vector<Index>& order) {
    std::vector<bool> named(numbers.size());
    std::vector<double> moved;
    for (const Index i : order) {
        if (i >= named.size() || named[i]) break;
        named[i] = true;
        moved.push_back(numbers[i]);
    }
    if (moved.size() == numbers.size() && moved.size() == order.size()) return moved;
    throw std::invalid_argument("an order names every number, and each once");
}

void Adam::restore(State state) {
    if (state.m.size() != parameters_.size() || state.v.size() != parameters_.size()) {
        throw std::invalid_argument("Adam's state is of another model");
    }
    state_ = std::move(state);
}

}  // namespace microgpt
