// Clipping: a gradient that is no longer than it may be.
#pragma once

#include <cmath>
#include <span>

#include "microgpt/autograd/dot.hpp"

namespace microgpt {

/// Where their norm, the root of the sum of their squares, is above `most`, makes all slopes
/// shorter by one factor, so that it is `most`. Returns the norm that they had.
inline double clip(std::span<double> slopes, double most) {
    const double norm = std::sqrt(dot(slopes.data(), slopes.data(), slopes.size()));
    if (norm > most) {
        for (double& slope : slopes) slope *= most / norm;
    }
    return norm;
}

}  // namespace microgpt
