// Adam: its step, for gradients that are stored, and for those that never are.

// Include guard, as Highway has it: read once for each instruction set
#if defined(MICROGPT_ENGINES_FAST_SIMD_ADAM_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef MICROGPT_ENGINES_FAST_SIMD_ADAM_INL_H_
#undef MICROGPT_ENGINES_FAST_SIMD_ADAM_INL_H_
#else
#define MICROGPT_ENGINES_FAST_SIMD_ADAM_INL_H_
#endif

#include "microgpt/engines/fast/simd/gradient-inl.h"
#include "microgpt/engines/fast/simd/transpose-inl.h"
#include "microgpt/engines/fast/simd/vector-inl.h"
#include "microgpt/engines/fast/simd_updates.hpp"

HWY_BEFORE_NAMESPACE();
namespace microgpt::simd {
namespace HWY_NAMESPACE {

/// Adam's step for N vectors of weights.
template <size_t N, class T>
HWY_INLINE void adam_step(const AdamStep<T>& adam, const Vec<T>* g, T* HWY_RESTRICT w,
                          T* HWY_RESTRICT m, T* HWY_RESTRICT v) {
    constexpr size_t L = lanes<T>;
    Vec<T> step[N];
    Vec<T> root[N];
    UNROLL for (size_t i = 0; i < N; ++i) {
        const Vec<T> old_mean = load(m + i * L);
        const Vec<T> old_squares = load(v + i * L);
        const Vec<T> mean = hn::MulAdd(set(adam.less_beta1), hn::Sub(g[i], old_mean), old_mean);
        const Vec<T> squares =
            hn::MulAdd(set(adam.less_beta2), hn::MulSub(g[i], g[i], old_squares), old_squares);
        store<T>(mean, m + i * L);
        store<T>(squares, v + i * L);
        step[i] = hn::Mul(set(adam.rate), mean);
        root[i] = hn::Add(hn::Sqrt(squares), set(adam.epsilon));
    }
    if constexpr (sizeof(T) == 8 && L > 1 && N % 2 == 0) {
        // Division is slow: step0/root0 and step1/root1 take one. Floats gain nothing by that.
        UNROLL for (size_t i = 0; i < N; i += 2) {
            const Vec<T> inverse = hn::Div(set(T{1}), hn::Mul(root[i], root[i + 1]));
            const Vec<T> first = hn::Mul(step[i], root[i + 1]);
            const Vec<T> second = hn::Mul(step[i + 1], root[i]);
            store<T>(hn::NegMulAdd(first, inverse, load(w + i * L)), w + i * L);
            store<T>(hn::NegMulAdd(second, inverse, load(w + (i + 1) * L)), w + (i + 1) * L);
        }
    } else {
        UNROLL for (size_t i = 0; i < N; ++i) {
            store<T>(hn::Sub(load(w + i * L), hn::Div(step[i], root[i])), w + i * L);
        }
    }
}

/// Adam's step for a few rows of a tile, the first of them at `at` among the weights.
template <size_t ROWS, bool MANY, class T>
HWY_INLINE void update_rows(const WeightUpdate<T>& job, const T* HWY_RESTRICT x,
                            const T* HWY_RESTRICT dy, size_t rows, size_t at) {
    Vec<T> g[ROWS];
    if constexpr (MANY) {
        Vec<T> sums[most_sums][ROWS];
        sum_bundles<ROWS>(job.gradient.bundles, x, dy, sums);
        UNROLL for (size_t i = 0; i < ROWS; ++i) g[i] = sums[0][i];
    } else {
        sum_rows<ROWS>(x, dy, 0, rows, g);
    }
    adam_step<ROWS, T>(job.adam, g, job.w + at, job.m + at, job.v + at);
}

/// Tile by tile, each L rows of one panel. Adam waits for roots and quotients, so there is time to
/// transpose the tile before, piece by piece: a few rows take their step, a few are transposed.
/// Rows that only fill up the last panel have none to take.
template <bool MANY, class T>
HWY_INLINE void update_tiles(const WeightUpdate<T>& given) {
    const WeightUpdate<T> job = given;  // its own, so that no store can be thought to change it
    const WeightGradient<T>& matrix = job.gradient;
    const size_t positions = matrix.bundles.front().end;
    constexpr size_t L = lanes<T>;
    constexpr size_t N = 16 / sizeof(T);
    constexpr size_t ROWS = rows_at_once<T>;
    const T* before = nullptr;  // the tile to transpose,
    T* to = nullptr;            // and to where
    const auto transpose_rows = [&](size_t first, size_t last) HWY_ATTR {
        if (before == nullptr) return;
        for (size_t i = first; i < last; i += N) transpose_block(before, i / N, to);
    };
    for (size_t row_panel = matrix.first; row_panel < matrix.last; ++row_panel) {
        const size_t rows = HWY_MIN(L, matrix.outputs - row_panel * L);
        for (size_t panel = 0; panel < matrix.column_panels; ++panel) {
            const T* x = matrix.x + panel * matrix.stride;
            const T* dy = matrix.dy + row_panel * matrix.stride;
            const size_t tile = (panel * matrix.row_panels + row_panel) * L * L;
            size_t row = 0;
            for (; row < rows; row += ROWS) {
                update_rows<ROWS, MANY>(job, x, dy + row, positions, tile + row * L);
                transpose_rows(row, row + ROWS);
            }
            transpose_rows(row, L);
            before = job.w + tile;
            to = job.transposed + (row_panel * matrix.column_panels + panel) * L * L;
        }
    }
    transpose_rows(0, L);
}

template <class T>
HWY_NOINLINE void update_weights(const WeightUpdate<T>& job) {
    job.gradient.bundles.size() > 1 ? update_tiles<true>(job) : update_tiles<false>(job);
}

template <class T>
HWY_NOINLINE void adam(const AdamUpdate<T>& job) {
    constexpr size_t L = lanes<T>;
    size_t i = 0;
    for (; i + 2 * L <= job.size; i += 2 * L) {
        const Vec<T> g[2] = {load(job.g + i), load(job.g + i + L)};
        adam_step<2, T>(job.adam, g, job.w + i, job.m + i, job.v + i);
    }
    for (; i < job.size; i += L) {
        const Vec<T> g[1] = {load(job.g + i)};
        adam_step<1, T>(job.adam, g, job.w + i, job.m + i, job.v + i);
    }
}

}  // namespace HWY_NAMESPACE
}  // namespace microgpt::simd
HWY_AFTER_NAMESPACE();

#endif
