// Momentum: descent that keeps going where it was going.
#pragma once

#include "microgpt/training/descent.hpp"

namespace microgpt {

/// For each parameter a velocity v, at first 0. A step is v = kept · v + g, then p -= rate · v.
class Momentum {
  public:
    Momentum(Vector parameters, double kept)
        : parameters_(parameters), kept_(kept), velocity_(parameters.size()) {}

    void step(const Gradients& gradients, double rate) {
        const std::span<double> p = Tape::current().parameters(parameters_);
        const std::span<const double> g = gradients[parameters_];
        for (std::size_t i = 0; i < p.size(); ++i) {
            velocity_[i] = kept_ * velocity_[i] + g[i];
            p[i] -= rate * velocity_[i];
        }
    }

  private:
    Vector parameters_;
    double kept_;
    std::vector<double> velocity_;
};

}  // namespace microgpt
