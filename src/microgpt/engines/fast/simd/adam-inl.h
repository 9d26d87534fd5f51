// Adam: its step, and gradients of weights that are summed up for it and never stored.

// Include guard, as Highway has it: read once for each instruction set
#if defined(MICROGPT_ENGINES_FAST_SIMD_ADAM_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef MICROGPT_ENGINES_FAST_SIMD_ADAM_INL_H_
#undef MICROGPT_ENGINES_FAST_SIMD_ADAM_INL_H_
#else
#define MICROGPT_ENGINES_FAST_SIMD_ADAM_INL_H_
#endif

#include "microgpt/engines/fast/simd/vector-inl.h"
#include "microgpt/engines/fast/simd_jobs.hpp"

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
    if constexpr (sizeof(T) == 8 && N % 2 == 0) {
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

/// 16 bytes of each row of a square tile, number `block` from the left, become rows of another.
template <class T>
HWY_INLINE void transpose_block(const T* HWY_RESTRICT tile, size_t block, T* HWY_RESTRICT to) {
#if HWY_TARGET == HWY_SCALAR
    to[block] = tile[block];  // of one number
#else
    constexpr size_t L = lanes<T>;
    constexpr size_t N = 16 / sizeof(T);  // numbers in a block
    const Tag<T> d;
    Vec<T> rows[N];
    UNROLL for (size_t i = 0; i < N; ++i) {
        const T* from = tile + block * N + i * L;
        rows[i] = hn::LoadDup128(d, from);
        UNROLL for (size_t k = N; k < L; k += N) {
            const auto from_k_on = hn::Ge(hn::Iota(d, T{0}), set(static_cast<T>(k)));
            rows[i] = hn::IfThenElse(from_k_on, hn::LoadDup128(d, from + k * L), rows[i]);
        }
    }
    to += block * N * L;
    if constexpr (N == 2) {
        store<T>(hn::InterleaveLower(d, rows[0], rows[1]), to);
        store<T>(hn::InterleaveUpper(d, rows[0], rows[1]), to + L);
    } else {
        const Vec<T> lower_even = hn::InterleaveLower(d, rows[0], rows[2]);
        const Vec<T> upper_even = hn::InterleaveUpper(d, rows[0], rows[2]);
        const Vec<T> lower_odd = hn::InterleaveLower(d, rows[1], rows[3]);
        const Vec<T> upper_odd = hn::InterleaveUpper(d, rows[1], rows[3]);
        store<T>(hn::InterleaveLower(d, lower_even, lower_odd), to);
        store<T>(hn::InterleaveUpper(d, lower_even, lower_odd), to + L);
        store<T>(hn::InterleaveLower(d, upper_even, upper_odd), to + 2 * L);
        store<T>(hn::InterleaveUpper(d, upper_even, upper_odd), to + 3 * L);
    }
#endif
}

/// Rows row … row + ROWS - 1 of a tile, the one at `at` among the weights.
template <size_t ROWS, class T>
HWY_INLINE void update_rows(const WeightUpdate<T>& job, const T* HWY_RESTRICT x,
                            const T* HWY_RESTRICT dy, size_t at, size_t row) {
    constexpr size_t L = lanes<T>;
    Vec<T> g[ROWS];
    UNROLL for (size_t i = 0; i < ROWS; ++i) g[i] = hn::Zero(Tag<T>());
    for (size_t p = 0; p < job.rows; ++p) {
        const Vec<T> x_row = load(x + p * L);
        UNROLL for (size_t i = 0; i < ROWS; ++i) {
            g[i] = hn::MulAdd(set(dy[p * L + row + i]), x_row, g[i]);
        }
    }
    at += row * L;
    adam_step<ROWS, T>(job.adam, g, job.w + at, job.m + at, job.v + at);
}

/// Tile by tile, each L rows of one panel. Adam waits for roots and quotients, so there is time to
/// transpose the tile before, piece by piece: a few rows take their step, a few are transposed.
/// Rows that only fill up the last panel have none to take.
template <class T>
HWY_NOINLINE void update_weights(const WeightUpdate<T>& given) {
    const WeightUpdate<T> job = given;  // its own, so that no store can be thought to change it
    constexpr size_t L = lanes<T>;
    constexpr size_t N = 16 / sizeof(T);
    constexpr size_t ROWS = HWY_MIN(L, 4);
    const T* before = nullptr;  // the tile to transpose,
    T* to = nullptr;            // and to where
    const auto transpose_rows = [&](size_t first, size_t last) HWY_ATTR {
        if (before == nullptr) return;
        for (size_t i = first; i < last; i += N) transpose_block(before, i / N, to);
    };
    for (size_t row_panel = job.first; row_panel < job.last; ++row_panel) {
        const size_t rows = HWY_MIN(L, job.outputs - row_panel * L);
        for (size_t panel = 0; panel < job.column_panels; ++panel) {
            const T* x = job.x + panel * job.stride;
            const T* dy = job.dy + row_panel * job.stride;
            const size_t tile = (panel * job.row_panels + row_panel) * L * L;
            size_t row = 0;
            for (; row < rows; row += ROWS) {
                update_rows<ROWS>(job, x, dy, tile, row);
                transpose_rows(row, row + ROWS);
            }
            transpose_rows(row, L);
            before = job.w + tile;
            to = job.transposed + (row_panel * job.column_panels + panel) * L * L;
        }
    }
    transpose_rows(0, L);
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
