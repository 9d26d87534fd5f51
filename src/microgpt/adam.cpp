// Adam: the update of every parameter.
#include "microgpt/adam.hpp"

#include <cmath>
#include <span>

namespace microgpt {

Adam::Adam(Vector parameters, const Config& config)
    : parameters_(parameters), config_(config), m_(parameters.size()), v_(parameters.size()) {}

void Adam::step(const Gradients& gradients, double decay) {
    const auto [learning_rate, beta1, beta2, epsilon] = config_;
    const std::span<double> p = Tape::current().parameters(parameters_);
    const std::span<const double> g = gradients[parameters_];
    ++steps_;
    // Both means start at zero and are too small at first; dividing by these undoes it.
    const double m_bias = 1 - std::pow(beta1, steps_);
    const double v_bias = 1 - std::pow(beta2, steps_);
    const double rate = learning_rate * decay;
    for (std::size_t i = 0; i < p.size(); ++i) {
        m_[i] = beta1 * m_[i] + (1 - beta1) * g[i];
        v_[i] = beta2 * v_[i] + (1 - beta2) * g[i] * g[i];
        p[i] -= rate * (m_[i] / m_bias) / (std::sqrt(v_[i] / v_bias) + epsilon);
    }
}

void Adam::rearrange(const std::vector<Index>& order) {
    const std::span<double> p = Tape::current().parameters(parameters_);
    const std::vector<double> old_p(p.begin(), p.end());
    const std::vector<double> old_m = m_;
    const std::vector<double> old_v = v_;
    for (std::size_t i = 0; i < p.size(); ++i) {
        p[i] = old_p[order[i]];
        m_[i] = old_m[order[i]];
        v_[i] = old_v[order[i]];
    }
}

}  // namespace microgpt
