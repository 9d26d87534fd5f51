// Transposing: the second copy of the weights, tile by tile.

// Include guard, as Highway has it: read once for each instruction set
#if defined(MICROGPT_ENGINES_FAST_SIMD_TRANSPOSE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef MICROGPT_ENGINES_FAST_SIMD_TRANSPOSE_INL_H_
#undef MICROGPT_ENGINES_FAST_SIMD_TRANSPOSE_INL_H_
#else
#define MICROGPT_ENGINES_FAST_SIMD_TRANSPOSE_INL_H_
#endif

#include "microgpt/engines/fast/simd/vector-inl.h"
#include "microgpt/engines/fast/simd_updates.hpp"

HWY_BEFORE_NAMESPACE();
namespace microgpt::simd {
namespace HWY_NAMESPACE {

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

/// Tile by tile, each L rows of one panel.
template <class T>
HWY_NOINLINE void transpose(const Transposition<T>& job) {
    constexpr size_t L = lanes<T>;
    for (size_t row_panel = job.first; row_panel < job.last; ++row_panel) {
        for (size_t panel = 0; panel < job.column_panels; ++panel) {
            const T* tile = job.w + (panel * job.row_panels + row_panel) * L * L;
            T* to = job.transposed + (row_panel * job.column_panels + panel) * L * L;
            for (size_t i = 0; i < L * sizeof(T); i += 16) transpose_block(tile, i / 16, to);
        }
    }
}

}  // namespace HWY_NAMESPACE
}  // namespace microgpt::simd
HWY_AFTER_NAMESPACE();

#endif
