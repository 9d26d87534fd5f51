// Kernels: what is between the matrices, on plain numbers.
#pragma once

#include <algorithm>
#include <cmath>

#include "microgpt/autograd/dot.hpp"
#include "microgpt/autograd/ops.hpp"
#include "microgpt/engines/tape/linear_kernels.hpp"

namespace microgpt {

// The layers of chapters 2 to 5 as formulas, there and back, for the two rungs that compute with
// plain numbers. They add up and divide in an order of their own: where chapter 2's softmax divides
// by a sum, this one multiplies by its inverse.

/// y = s x with s = (mean(x²) + 1e-5)^(-1/2), of n numbers. Returns s. Throws NumberError if the
/// squares add up to more than a double can hold.
double rmsnorm(Index n, const double* x, double* y);

/// From dy: dx += s dy - s³ (x · dy / n) x: what y passes on directly, and what by way of s.
void rmsnorm_backward(Index n, double s, Numbers x, const double* dy);

/// In place: e to the power of each number, over the sum of its column. x is (rows, columns).
/// Throws NumberError if a number is infinite or none.
void softmax(Index rows, Index columns, double* x);

/// From dy, in place, to dx = y (dy - y · dy), column by column. y is what softmax() gave.
void softmax_backward(Index rows, Index columns, const double* y, double* dy);

/// max(x, 0) of n numbers.
void relu(std::size_t n, const double* x, double* y);

/// From dy: dx += dy where x was positive, and so y is.
void relu_backward(std::size_t n, const double* y, const double* dy, double* dx);

/// -log of the probability that softmax gives the target, in nats. Logits become probabilities.
/// Throws as softmax(), and NumberError where that probability is so small that chapter 2's log()
/// would.
double cross_entropy(Index n, double* logits, Index target);

/// From `slope`, that along the loss: dlogits += slope · probabilities, less slope at the target.
void cross_entropy_backward(Index n, const double* probabilities, Index target, double slope,
                            double* dlogits);

// ---- Attention, of one position to those before it

/// How n_embd numbers are cut into heads.
struct Heads {
    Index count;
    Index dim;
};

/// scores[h] = scale · (a · b), of each head's part.
void dot_heads(Heads heads, double scale, const double* a, const double* b, double* scores);

/// y += scores[h] · x, of each head's part.
void add_heads(Heads heads, double scale, const double* scores, const double* x, double* y);

/// What position t offers is keys[t].data and values[t].data. Writes `weights`,
/// (positions, n_head): how much each head listens to each position; and `output`: what it hears.
template <class Rows>
void attention(Heads heads, Index positions, const double* query, const Rows& keys,
               const Rows& values, double* weights, double* output) {
    const double scale = 1 / std::sqrt(heads.dim);
    for (Index t = 0; t < positions; ++t) {
        dot_heads(heads, scale, query, keys[t].data, weights + std::size_t{t} * heads.count);
    }
    softmax(positions, heads.count, weights);
    std::fill_n(output, std::size_t{heads.count} * heads.dim, 0);
    for (Index t = 0; t < positions; ++t) {
        add_heads(heads, 1, weights + std::size_t{t} * heads.count, values[t].data, output);
    }
}

/// From the slope along the output to those along values, weights (overwritten), keys and query.
template <class Rows>
void attention_backward(Heads heads, Index positions, Numbers query, const Rows& keys,
                        const Rows& values, Numbers weights, const double* output_gradient) {
    const double scale = 1 / std::sqrt(heads.dim);
    for (Index t = 0; t < positions; ++t) {
        const std::size_t row = std::size_t{t} * heads.count;
        dot_heads(heads, 1, output_gradient, values[t].data, weights.gradient + row);
        add_heads(heads, 1, weights.data + row, output_gradient, values[t].gradient);
    }
    softmax_backward(positions, heads.count, weights.data, weights.gradient);
    for (Index t = 0; t < positions; ++t) {
        const double* slopes = weights.gradient + std::size_t{t} * heads.count;
        add_heads(heads, scale, slopes, keys[t].data, query.gradient);
        add_heads(heads, scale, slopes, query.data, keys[t].gradient);
    }
}

}  // namespace microgpt
