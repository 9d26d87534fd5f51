// Gradient descent: find the slope, take a step down.
#pragma once

#include <stdexcept>

#include "microgpt/autograd/vector.hpp"

namespace microgpt {

/// The mean of loss_at(0), loss_at(1), … loss_at(n - 1): n Values, or whatever
/// else can be added up and divided. Throws std::invalid_argument for none.
template <class LossAt>
auto mean_loss(std::size_t n, LossAt loss_at) {
    if (n == 0) throw std::invalid_argument("a mean is of one loss at the least");
    auto total = loss_at(0);
    for (std::size_t i = 1; i < n; ++i) total = total + loss_at(i);
    return total / static_cast<double>(n);
}

/// A loss, and its slope along every parameter.
struct Differentiated {
    double loss;
    Gradients gradients;
};

/// The Value that `loss` returns, and its gradients, in a Scope: the Tape is left as it was.
template <class Loss>
Differentiated differentiate(Loss loss) {
    const Tape::Scope scope;
    const Value value = loss();
    return {value.data(), backward(value)};
}

/// Moves each parameter a little way down its slope: p -= learning_rate · gradient.
inline void descend(Vector parameters, const Gradients& gradients, double learning_rate) {
    const std::span<double> p = Tape::current().parameters(parameters);
    const std::span<const double> g = gradients[parameters];
    for (std::size_t i = 0; i < p.size(); ++i) p[i] -= learning_rate * g[i];
}

}  // namespace microgpt
