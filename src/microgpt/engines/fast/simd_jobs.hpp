// Jobs for the fast engine's kernels: what is where, and what is to be done with it.
#pragma once

#include <cstddef>
#include <span>

#include "microgpt/autograd/place.hpp"

namespace microgpt::simd {

// A matrix is kept in panels. A panel is `lanes` columns wide, as wide as one vector register, and
// its rows follow each other, so that what is read next lies next. What fills up the last panel is
// zero. A `stride` is the distance from a panel to the next one, in numbers. Matrices of
// activations have a row for each position that is read; T is float or double.

/// How many numbers those are in panels, for so many columns.
constexpr std::size_t padded(std::size_t columns, std::size_t lanes) {
    return (columns + lanes - 1) / lanes * lanes;
}

/// What is done to a product before it is stored: nothing, `other` added, what is negative set to
/// 0, or what `other` has not above 0 set to 0.
enum class Finish { store, add, relu, gate };

/// c = a b, of `rows` rows and `panels` panels; `a` has `depth` columns.
template <class T>
struct Product {
    std::size_t rows, depth, panels;
    const T *a, *b;
    T* c;
    std::size_t a_stride, b_stride, c_stride;
    Finish finish = Finish::store;
    const T* other = nullptr;  // strides as c
};

/// Adam's constants for one step, with all that can be taken out of the loop:
/// m += less_beta1 (g - m), v += less_beta2 (g² - v), w -= rate m / (sqrt(v) + epsilon).
template <class T>
struct AdamStep {
    T less_beta1, less_beta2;  // 1 - beta1, 1 - beta2
    T rate, epsilon;           // each over Adam's root_scale
};

/// Adam's step for row panels first … last - 1 of a weight matrix. Its gradient, the sum of dyᵀ x
/// over all rows, is used while it is in registers and never stored. The weights are kept twice:
/// w, and `transposed`, whose panels are those of its rows.
template <class T>
struct Learning {
    std::size_t rows;  // of x and dy
    const T *x, *dy;
    std::size_t stride;   // of both
    std::size_t outputs;  // rows of w, but for those that fill up the last panel
    std::size_t row_panels, column_panels;
    std::size_t first, last;
    T *w, *transposed, *m, *v;
    AdamStep<T> adam;
};

/// Adam's step for `size` numbers side by side, whose gradients are g.
template <class T>
struct Update {
    std::size_t size;
    const T* g;
    T *w, *m, *v;
    AdamStep<T> adam;
};

/// Rows of token embeddings, with those of the positions 0, 1, … which stand below them in one
/// table: x = token + position, or, on the way back, x added to both. For panels first … last - 1.
template <class T>
struct Embedding {
    std::span<const Index> tokens;
    std::size_t vocab_size, first_position, first, last;
    T* table;
    std::size_t table_stride;
    T* x;
    std::size_t stride;
};

/// rmsnorm: y = scale x, with one scale a row; and, from dy, dx = plus + the slope along x.
template <class T>
struct Norm {
    std::size_t rows, n_embd, stride;
    const T* x;
    T* scale;
    T* y = nullptr;
    const T* dy = nullptr;
    const T* plus = nullptr;  // may be left out
    T* dx = nullptr;
};

/// Attention of `queries` positions, the first of which sees `keys` keys, and each one more than
/// the one before.
template <class T>
struct Look {
    std::size_t queries, keys;
    std::size_t panels;      // of queries, keys, values and what is found
    std::size_t head_width;  // columns of a head: a power of two, or some whole panels
    T scale;                 // 1 / sqrt(head_dim)
    const T* q;
    std::size_t q_stride;
    const T *k = nullptr, *v = nullptr;
    std::size_t kv_stride = 0;
    T* weights = nullptr;            // by query, in chunks: see simd/attention.inl
    std::size_t weights_stride = 0;  // from one query's to the next one's
    T* found = nullptr;
    std::size_t found_stride = 0;
    const T* dfound = nullptr;  // on the way back
    T *dq = nullptr, *dk = nullptr, *dv = nullptr;
    T* scratch = nullptr;  // lanes for each key
};

/// Cross-entropy: from logits to their slopes, in their place, each times `weight`.
template <class T>
struct Surprise {
    std::span<const Index> targets;  // one a row
    std::size_t vocab_size, stride;
    T* logits;
    T weight;
    T* scratch;  // one a row
};

/// softmax of each row's logits, in their place, with `sharpness` 1 / temperature.
template <class T>
struct Soften {
    std::size_t rows, vocab_size, stride;
    T* logits;
    T sharpness;
};

}  // namespace microgpt::simd
