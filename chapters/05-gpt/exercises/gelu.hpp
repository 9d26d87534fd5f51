// GELU: a bend with a round corner.
#pragma once

#include <cmath>
#include <numbers>

#include "microgpt/autograd/vector.hpp"

namespace microgpt {

/// x times the share of a normal distribution that lies below x (Hendrycks and Gimpel 2016).
inline Value gelu(Value x) {
    const double at = x.data();
    const double below = (1 + std::erf(at / std::numbers::sqrt2)) / 2;
    const double density = std::exp(-at * at / 2) / std::sqrt(2 * std::numbers::pi);
    return record(at * below, {x, below + at * density});
}

/// The same, element by element.
inline Vector gelu(Vector x) {
    return make_vector(x.size(), [&](Index i) { return gelu(x[i]); });
}

}  // namespace microgpt
