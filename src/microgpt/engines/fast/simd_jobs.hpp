// Jobs for the fast engine's kernels: what is where, and what is to be done with it.
#pragma once

#include <cstddef>
#include <span>

#include "microgpt/autograd/place.hpp"

namespace microgpt::simd {

// A matrix is kept in panels. A panel is `lanes` columns wide, as wide as one vector register, and
// its rows follow each other, so that what is read next lies next. What fills up the last panel is
// zero. A `stride` is the distance from a panel to the next one, in numbers. Matrices of
// activations have a row for each position that is read; T is float or double. A name that begins
// with d is the slope of the loss along what the rest of it names.

/// How many numbers those are in panels, for so many columns.
constexpr std::size_t padded(std::size_t columns, std::size_t lanes) {
    return (columns + lanes - 1) / lanes * lanes;
}

/// What is done to a product before it is stored: nothing, `other` added, what is negative set to
/// 0, or, on the way back from there, what `other` has not above 0 set to 0.
enum class Epilogue { none, add, relu, relu_backward };

/// c = a b, of `rows` rows and `panels` panels; `a` has `depth` columns.
template <class T>
struct MatMul {
    std::size_t rows, depth, panels;
    const T *a, *b;
    T* c;
    std::size_t a_stride, b_stride, c_stride;
    Epilogue epilogue = Epilogue::none;
    const T* other = nullptr;  // strides as c
};

/// x = token + position, for positions first_position and on. The table has a row for each token,
/// and below them one for each position.
template <class T>
struct EmbeddingLookup {
    std::span<const Index> tokens;
    std::size_t vocab_size, first_position, panels;
    const T* table;
    std::size_t table_stride;
    T* x;
    std::size_t stride;
};

/// dx, of positions from 0 on, is added to both rows of the table, in panels first … last - 1.
template <class T>
struct EmbeddingBackward {
    std::span<const Index> tokens;
    std::size_t vocab_size, first, last;
    T* dtable;
    std::size_t table_stride;
    const T* dx;
    std::size_t stride;
};

/// y = scale x, with one scale a row.
template <class T>
struct RmsNorm {
    std::size_t rows, n_embd, stride;
    const T* x;
    T *scale, *y;
};

/// dx = residual + the slope along x, from dy.
template <class T>
struct RmsNormBackward {
    std::size_t rows, n_embd, stride;
    const T *x, *scale, *dy, *residual;  // the last: what comes past the norm, or null
    T* dx;
};

/// Attention of `queries` positions, the first of which sees `keys` keys, and each one more than
/// the one before.
template <class T>
struct Attention {
    std::size_t queries, keys;
    std::size_t panels;      // of q, k, v and the output
    std::size_t head_width;  // columns of a head: a power of two, or some whole panels
    T scale;                 // 1 / sqrt(head_dim)
    const T *q, *k, *v;
    std::size_t q_stride, kv_stride;
    T* weights;                  // by query, in chunks: see simd/attention-inl.h
    std::size_t weights_stride;  // from one query's to the next one's
    T* output;
    std::size_t output_stride;
};

/// From the slopes along the output. Strides are those on the way forward.
template <class T>
struct AttentionBackward {
    Attention<T> forward;
    const T* doutput;
    T *dq, *dk, *dv;
    T* scratch;  // lanes for each key
};

/// Cross-entropy: from logits to their slopes, in their place, each times `weight`.
template <class T>
struct CrossEntropy {
    std::span<const Index> targets;  // one a row
    std::size_t vocab_size, stride;
    T* logits;
    T weight;
    T* scratch;  // one a row
};

/// softmax of each row's logits over the temperature, in their place.
template <class T>
struct Softmax {
    std::size_t rows, vocab_size, stride;
    T* logits;
    T inverse_temperature;
};

}  // namespace microgpt::simd
