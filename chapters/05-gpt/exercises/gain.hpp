// Gain: an rmsnorm that may say how loud each element is to be.
#pragma once

#include "microgpt/model/layers.hpp"

namespace microgpt {

/// rmsnorm(x), each element times a number of its own that is learned: `gain`, as long as x.
inline Vector rmsnorm_with_gain(Vector x, Vector gain) {
    const Vector normed = rmsnorm(x);
    return make_vector(x.size(), [&](Index i) { return gain[i] * normed[i]; });
}

}  // namespace microgpt
