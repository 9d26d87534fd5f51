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

/// dW += dy xᵀ, summed over w.outer_products: one pass over dW for all of them.
void add_outer_products(const Weights& w);

}  // namespace microgpt
