// The peak: multiply-adds that wait for nothing, as many side by side as a core can hold.

// Include guard, as Highway has it: read once for each instruction set
#if defined(MICROGPT_ENGINES_FAST_SIMD_PEAK_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef MICROGPT_ENGINES_FAST_SIMD_PEAK_INL_H_
#undef MICROGPT_ENGINES_FAST_SIMD_PEAK_INL_H_
#else
#define MICROGPT_ENGINES_FAST_SIMD_PEAK_INL_H_
#endif

#include "microgpt/engines/fast/simd/vector-inl.h"

HWY_BEFORE_NAMESPACE();
namespace microgpt::simd {
namespace HWY_NAMESPACE {

constexpr size_t chains = 12;

template <class T>
constexpr size_t spin_flops = 2 * chains* lanes<T>;

/// Each number stays near 1, so none overflows and none gets small.
template <class T>
HWY_NOINLINE double spin(size_t rounds) {
    const Vec<T> factor = set(static_cast<T>(0.5));
    Vec<T> x[chains];
    UNROLL for (size_t i = 0; i < chains; ++i) x[i] = set(static_cast<T>(i));
    for (size_t round = 0; round < rounds; ++round) {
        UNROLL for (size_t i = 0; i < chains; ++i) x[i] = hn::MulAdd(x[i], factor, factor);
    }
    Vec<T> sum = x[0];
    UNROLL for (size_t i = 1; i < chains; ++i) sum = hn::Add(sum, x[i]);
    return static_cast<double>(hn::GetLane(hn::SumOfLanes(Tag<T>(), sum)));
}

}  // namespace HWY_NAMESPACE
}  // namespace microgpt::simd
HWY_AFTER_NAMESPACE();

#endif
