// Dropout: numbers left out by chance, so that no other relies on them.
#pragma once

#include <functional>

#include "microgpt/autograd/vector.hpp"

namespace microgpt {

/// x with some of its elements 0: element i where the i-th number of `uniform`, which draws from 0
/// to 1, is below `share`. What is left is divided by 1 - share, so that a sum over many is the
/// same in the mean (Srivastava et al. 2014). One number is drawn for each element, in their order.
inline Vector dropout(Vector x, double share, const std::function<double()>& uniform) {
    return make_vector(x.size(), [&](Index i) {
        const bool left_out = uniform() < share;
        return x[i] * (left_out ? 0.0 : 1 / (1 - share));
    });
}

}  // namespace microgpt
