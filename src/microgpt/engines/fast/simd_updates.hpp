// Jobs for the kernels that learn: gradients of weights, and Adam's steps down them.
#pragma once

#include "microgpt/engines/fast/simd_jobs.hpp"
#include "microgpt/engines/order/summation.hpp"

namespace microgpt::simd {

/// Adam's constants for one step, with all that can be taken out of the loop:
/// m += less_beta1 (g - m), v += less_beta2 (g² - v), w -= rate m / (sqrt(v) + epsilon).
template <class T>
struct AdamStep {
    T less_beta1, less_beta2;  // 1 - beta1, 1 - beta2
    T rate, epsilon;           // each over Adam's root_scale
};

/// Adam's step for `size` numbers side by side, whose gradients are g.
template <class T>
struct AdamUpdate {
    std::size_t size;
    const T* g;
    T *w, *m, *v;
    AdamStep<T> adam;
};

/// The gradient of a weight matrix in row panels first … last - 1, which is the sum of dyᵀ x.
template <class T>
struct WeightGradient {
    std::span<const BundleRows> bundles;
    const T *x, *dy;
    std::size_t stride;   // of both
    std::size_t outputs;  // rows of the matrix, but for those that fill up the last panel
    std::size_t row_panels, column_panels, first, last;
};

/// It is stored, in panels: each sum that is left a `stride` after the one before.
template <class T>
struct GradientSum {
    WeightGradient<T> gradient;
    T* sums;
    std::size_t stride;
};

/// It is used while it is in registers, for Adam's step, and never stored. Its bundles leave one
/// sum. The weights are kept twice: w, and `transposed`, whose panels are those of its rows.
template <class T>
struct WeightUpdate {
    WeightGradient<T> gradient;
    T *w, *transposed, *m, *v;
    AdamStep<T> adam;
};

/// The second copy of row panels first … last - 1.
template <class T>
struct Transposition {
    std::size_t row_panels, column_panels, first, last;
    const T* w;
    T* transposed;
};

}  // namespace microgpt::simd
