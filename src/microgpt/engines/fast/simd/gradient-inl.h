// Gradients of weights: sums over positions, bundle by bundle.

// Include guard, as Highway has it: read once for each instruction set
#if defined(MICROGPT_ENGINES_FAST_SIMD_GRADIENT_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef MICROGPT_ENGINES_FAST_SIMD_GRADIENT_INL_H_
#undef MICROGPT_ENGINES_FAST_SIMD_GRADIENT_INL_H_
#else
#define MICROGPT_ENGINES_FAST_SIMD_GRADIENT_INL_H_
#endif

#include "microgpt/engines/fast/simd/vector-inl.h"
#include "microgpt/engines/fast/simd_updates.hpp"

HWY_BEFORE_NAMESPACE();
namespace microgpt::simd {
namespace HWY_NAMESPACE {

/// How many rows of a tile are summed at once, and how many sums of bundles there are at the most.
template <class T>
constexpr size_t rows_at_once = HWY_MIN(lanes<T>, 4);
constexpr size_t most_sums = 64;

/// Slopes along a few rows of a panel of weights, over positions first … last - 1.
template <size_t ROWS, class T>
HWY_INLINE void sum_rows(const T* HWY_RESTRICT x, const T* HWY_RESTRICT dy, size_t first,
                         size_t last, Vec<T>* g) {
    constexpr size_t L = lanes<T>;
    UNROLL for (size_t i = 0; i < ROWS; ++i) g[i] = hn::Zero(Tag<T>());
    for (size_t p = first; p < last; ++p) {
        const Vec<T> x_row = load(x + p * L);
        UNROLL for (size_t i = 0; i < ROWS; ++i) {
            g[i] = hn::MulAdd(set(dy[p * L + i]), x_row, g[i]);
        }
    }
}

/// The same over all bundles, in the order of their tree. Returns how many sums are left.
template <size_t ROWS, class T>
HWY_INLINE size_t sum_bundles(std::span<const BundleRows> bundles, const T* HWY_RESTRICT x,
                              const T* HWY_RESTRICT dy, Vec<T> (*sums)[ROWS]) {
    size_t waiting = 0;
    size_t first = 0;
    for (const auto& [end, merges] : bundles) {
        Vec<T> g[ROWS];
        sum_rows<ROWS>(x, dy, first, end, g);
        for (size_t merge = 0; merge < merges; ++merge) {
            --waiting;
            UNROLL for (size_t i = 0; i < ROWS; ++i) g[i] = hn::Add(sums[waiting][i], g[i]);
        }
        UNROLL for (size_t i = 0; i < ROWS; ++i) sums[waiting][i] = g[i];
        ++waiting;
        first = end;
    }
    return waiting;
}

template <class T>
HWY_NOINLINE void sum_gradient(const GradientSum<T>& job) {
    const WeightGradient<T>& matrix = job.gradient;
    constexpr size_t L = lanes<T>;
    constexpr size_t ROWS = rows_at_once<T>;
    for (size_t row_panel = matrix.first; row_panel < matrix.last; ++row_panel) {
        const size_t rows = HWY_MIN(L, matrix.outputs - row_panel * L);
        for (size_t panel = 0; panel < matrix.column_panels; ++panel) {
            T* tile = job.sums + (panel * matrix.row_panels + row_panel) * L * L;
            for (size_t row = 0; row < rows; row += ROWS) {
                Vec<T> sums[most_sums][ROWS];
                const size_t left =
                    sum_bundles<ROWS>(matrix.bundles, matrix.x + panel * matrix.stride,
                                      matrix.dy + row_panel * matrix.stride + row, sums);
                for (size_t sum = 0; sum < left; ++sum) {
                    T* to = tile + sum * job.stride + row * L;
                    UNROLL for (size_t i = 0; i < ROWS; ++i) store<T>(sums[sum][i], to + i * L);
                }
            }
        }
    }
}

}  // namespace HWY_NAMESPACE
}  // namespace microgpt::simd
HWY_AFTER_NAMESPACE();

#endif
