// Linear kernels: matrices times vectors, where engines of plain numbers spend their time.
#pragma once

#include "microgpt/engines/tape/weights.hpp"

namespace microgpt {

// A forward kernel writes its result. A backward kernel is given the slope of the loss along the
// result and adds to the slopes along what the result was made of.

/// Numbers side by side, and the slope of the loss along each.
struct Numbers {
    const double* data;
    double* gradient;
};

/// y = W x, for `n` vectors at once: x is (n, columns) and y is (n, rows).
void linear(const Weights& w, Index n, const double* x, double* y);

/// From dy: dx += Wᵀ dy, for `n` vectors at once.
void linear_backward(const Weights& w, Index n, const double* dy, double* dx);

/// dW += dy xᵀ, summed over w.products: one pass over dW for all of them.
void add_products(const Weights& w);

/// a[0]·b[0] + a[1]·b[1] + … of n numbers.
inline double dot(std::size_t n, const double* a, const double* b) {
    double sums[4] = {};  // one sum alone would wait for each addition to end before the next
    std::size_t i = 0;
    for (; i + 4 <= n; i += 4) {
        for (std::size_t j = 0; j < 4; ++j) sums[j] += a[i + j] * b[i + j];
    }
    for (; i < n; ++i) sums[0] += a[i] * b[i];
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

}  // namespace microgpt
