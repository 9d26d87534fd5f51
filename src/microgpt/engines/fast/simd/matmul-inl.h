// Matrix products: a block of c at a time, in registers, while the rows of b stream by.

// Include guard, as Highway has it: read once for each instruction set
#if defined(MICROGPT_ENGINES_FAST_SIMD_MATMUL_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef MICROGPT_ENGINES_FAST_SIMD_MATMUL_INL_H_
#undef MICROGPT_ENGINES_FAST_SIMD_MATMUL_INL_H_
#else
#define MICROGPT_ENGINES_FAST_SIMD_MATMUL_INL_H_
#endif

#include <type_traits>

#include "microgpt/engines/fast/simd/vector-inl.h"
#include "microgpt/engines/fast/simd_jobs.hpp"

HWY_BEFORE_NAMESPACE();
namespace microgpt::simd {
namespace HWY_NAMESPACE {

/// How many rows of c a block has at most: with two panels it needs twice as many registers.
constexpr size_t most_rows = HWY_MAX_BYTES == 64 ? 8 : 4;

/// A vector of the product, as it is stored.
template <class T>
HWY_INLINE Vec<T> with_epilogue(const MatMul<T>& job, Vec<T> x, size_t at) {
    const Vec<T> zero = hn::Zero(Tag<T>());
    switch (job.epilogue) {
        case Epilogue::none:
            break;
        case Epilogue::add:
            return hn::Add(x, load(job.other + at));
        case Epilogue::relu:
            return hn::Max(x, zero);
        case Epilogue::relu_backward:
            return hn::IfThenElseZero(hn::Gt(load(job.other + at), zero), x);
    }
    return x;
}

/// Rows row … row + ROWS - 1 of PANELS panels. Each number of c is one sum, begun at the first
/// column of a and ended at the last, whatever the block: so results do not depend on the blocks.
template <size_t ROWS, size_t PANELS, class T>
HWY_NOINLINE void matmul_block(const MatMul<T>& job, size_t row, size_t panel) {
    constexpr size_t L = lanes<T>;
    Vec<T> sums[ROWS][PANELS];
    UNROLL for (size_t i = 0; i < ROWS; ++i) {
        UNROLL for (size_t j = 0; j < PANELS; ++j) sums[i][j] = hn::Zero(Tag<T>());
    }
    const T* HWY_RESTRICT a = job.a + row * L;
    const T* HWY_RESTRICT b = job.b + panel * job.b_stride;
    const size_t b_stride = job.b_stride;
    for (size_t first = 0; first < job.depth; first += L, a += job.a_stride) {
        const size_t columns = HWY_MIN(L, job.depth - first);
        for (size_t k = 0; k < columns; ++k, b += L) {
            Vec<T> b_row[PANELS];
            UNROLL for (size_t j = 0; j < PANELS; ++j) b_row[j] = load(b + j * b_stride);
            UNROLL for (size_t i = 0; i < ROWS; ++i) {
                const Vec<T> x = set(a[i * L + k]);
                UNROLL for (size_t j = 0; j < PANELS; ++j) {
                    sums[i][j] = hn::MulAdd(x, b_row[j], sums[i][j]);
                }
            }
        }
    }
    UNROLL for (size_t j = 0; j < PANELS; ++j) {
        UNROLL for (size_t i = 0; i < ROWS; ++i) {
            const size_t at = (panel + j) * job.c_stride + (row + i) * L;
            store<T>(with_epilogue(job, sums[i][j], at), job.c + at);
        }
    }
}

/// Calls f with `n`, from 1 to N, as a constant.
template <size_t N, class F>
HWY_INLINE void with_constant(size_t n, F f) {
    if constexpr (N > 1) {
        if (n < N) return with_constant<N - 1>(n, f);
    }
    f(std::integral_constant<size_t, N>());
}

/// All rows, in blocks of nearly the same height.
template <size_t PANELS, class T>
HWY_INLINE void matmul_panels(const MatMul<T>& job, size_t panel) {
    size_t row = 0;
    for (size_t left = (job.rows + most_rows - 1) / most_rows; left > 0; --left) {
        const size_t rows = (job.rows - row + left - 1) / left;
        with_constant<most_rows>(
            rows, [&](auto constant) { matmul_block<constant(), PANELS>(job, row, panel); });
        row += rows;
    }
}

template <class T>
void matmul(const MatMul<T>& job) {
    size_t panel = 0;
    for (; panel + 2 <= job.panels; panel += 2) matmul_panels<2>(job, panel);
    if (panel < job.panels) matmul_panels<1>(job, panel);
}

}  // namespace HWY_NAMESPACE
}  // namespace microgpt::simd
HWY_AFTER_NAMESPACE();

#endif
