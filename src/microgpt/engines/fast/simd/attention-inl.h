// Attention: heads side by side in a vector, without a sum over lanes for each pair of positions.

// Include guard, as Highway has it: read once for each instruction set
#if defined(MICROGPT_ENGINES_FAST_SIMD_ATTENTION_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef MICROGPT_ENGINES_FAST_SIMD_ATTENTION_INL_H_
#undef MICROGPT_ENGINES_FAST_SIMD_ATTENTION_INL_H_
#else
#define MICROGPT_ENGINES_FAST_SIMD_ATTENTION_INL_H_
#endif

#include <limits>
#include <type_traits>

#include <hwy/contrib/math/math-inl.h>

#include "microgpt/engines/fast/simd/vector-inl.h"
#include "microgpt/engines/fast/simd_jobs.hpp"

HWY_BEFORE_NAMESPACE();
namespace microgpt::simd {
namespace HWY_NAMESPACE {

/// Heads that share a vector, or one that takes some vectors of its own (`deep` of them). A head
/// has W lanes of each. In its lanes stand W of its scores or weights: those of W keys, a chunk.
template <size_t W, class T>
class HeadGroup {
  public:
    HWY_INLINE HeadGroup(const Attention<T>& job, size_t group)
        : job_(job),
          deep_(HWY_MAX(job.head_width / L, 1)),
          panel_(group * deep_),
          weights_(job.weights + group * L),
          chunk_(job.panels / deep_ * L) {}

    /// The scores of query i. Its row of the output keeps the largest, for raise().
    HWY_INLINE void score(size_t i) const {
        const T* q = job_.q + panel_ * job_.q_stride + i * L;
        const size_t keys = job_.keys + i;
        T* weights = weights_ + i * job_.weights_stride;
        Vec<T> top = lowest_;
        for (size_t first = 0; first < keys; first += W, weights += chunk_) {
            const Vec<T> all = products(q, job_.q_stride, job_.k, first, keys);
            const auto is_key = hn::Lt(place_, set(static_cast<T>(keys - first)));
            const Vec<T> scores = hn::IfThenElse(is_key, all, lowest_);
            top = hn::Max(top, scores);
            store<T>(scores, weights);
        }
        store<T>(group_max<W, T>(top), output(i));
    }

    /// Their powers. Its row of the output keeps their sum, for mix().
    HWY_INLINE void raise(size_t i) const {
        const Vec<T> top = load(output(i));
        T* weights = weights_ + i * job_.weights_stride;
        Vec<T> sum = hn::Zero(Tag<T>());
        for (size_t first = 0; first < job_.keys + i; first += W, weights += chunk_) {
            const Vec<T> below = hn::Mul(set(job_.scale), hn::Sub(load(weights), top));
            const Vec<T> power = hn::Exp(Tag<T>(), below);
            sum = hn::Add(sum, power);
            store<T>(power, weights);
        }
        store<T>(sum, output(i));
    }

    /// Its weights, and the values mixed by them.
    HWY_INLINE void mix(size_t i) const {
        const Vec<T> factor = hn::Div(set(T{1}), group_sum<W, T>(load(output(i))));
        const size_t keys = job_.keys + i;
        T* weights = weights_ + i * job_.weights_stride;
        for (size_t first = 0; first < keys; first += W) {
            T* chunk = weights + first / W * chunk_;
            store<T>(hn::Mul(factor, load(chunk)), chunk);
        }
        for (size_t r = 0; r < deep_; ++r) {
            const T* values = job_.v + (panel_ + r) * job_.kv_stride;
            Vec<T> mixed = hn::Zero(Tag<T>());
            for (size_t first = 0; first < keys; first += W) {
                const Vec<T> chunk = load(weights + first / W * chunk_);
                UNROLL for (size_t j = 0; j < W; ++j) {
                    if (first + j >= keys) continue;
                    const Vec<T> value = load(values + (first + j) * L);
                    mixed = hn::MulAdd(spread_(chunk, j), value, mixed);
                }
            }
            store<T>(mixed, output(i) + r * job_.output_stride);
        }
    }

  protected:
    static constexpr size_t L = lanes<T>;

    T* output(size_t i) const { return job_.output + panel_ * job_.output_stride + i * L; }

    /// In a head's lane j the product of its part of x with that of row first + j of a matrix of
    /// keys or values, if there is one, and else 0.
    HWY_INLINE Vec<T> products(const T* x, size_t x_stride, const T* matrix, size_t first,
                               size_t keys) const {
        Vec<T> each[W];
        UNROLL for (size_t j = 0; j < W; ++j) {
            each[j] = hn::Zero(Tag<T>());
            if (first + j >= keys) continue;
            const T* row = matrix + panel_ * job_.kv_stride + (first + j) * L;
            for (size_t r = 0; r < deep_; ++r) {
                const Vec<T> part = load(row + r * job_.kv_stride);
                each[j] = hn::MulAdd(load(x + r * x_stride), part, each[j]);
            }
        }
        return group_sums<W>(T(), each);
    }

    const Attention<T>& job_;
    size_t deep_;
    size_t panel_;  // the first one of this group
    T* weights_;
    size_t chunk_;  // from one chunk of weights to the next
    const Spread<W, T>& spread_ = spread<W, T>();
    Vec<T> place_ = place_in_group<W, T>();
    Vec<T> lowest_ = set(std::numeric_limits<T>::lowest());
};

/// How many groups there are.
template <class T>
HWY_INLINE size_t group_count(const Attention<T>& job) {
    return job.panels / HWY_MAX(job.head_width / lanes<T>, 1);
}

/// Three walks over the queries instead of one: in each, the queries do not wait for each other.
template <size_t W, class T>
HWY_NOINLINE void attention_in_groups(const Attention<T>& job) {
    for (size_t group = 0; group < group_count(job); ++group) {
        const HeadGroup<W, T> heads(job, group);
        for (size_t i = 0; i < job.queries; ++i) heads.score(i);
        for (size_t i = 0; i < job.queries; ++i) heads.raise(i);
        for (size_t i = 0; i < job.queries; ++i) heads.mix(i);
    }
}

/// Calls f with the lanes that a head takes of a vector, as a constant.
template <class T, size_t W = lanes<T>, class F>
HWY_INLINE void with_head_lanes(size_t head_width, F f) {
    if constexpr (W > 1) {
        if (head_width < W) return with_head_lanes<T, W / 2>(head_width, f);
    }
    f(std::integral_constant<size_t, W>());
}

template <class T>
void attention_forward(const Attention<T>& job) {
    with_head_lanes<T>(job.head_width, [&](auto w) { attention_in_groups<w()>(job); });
}

}  // namespace HWY_NAMESPACE
}  // namespace microgpt::simd
HWY_AFTER_NAMESPACE();

#endif
