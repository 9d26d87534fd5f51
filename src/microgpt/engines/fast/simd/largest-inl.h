// The largest: whether all numbers are finite, and how large a product of two may get.

// Include guard, as Highway has it: read once for each instruction set
#if defined(MICROGPT_ENGINES_FAST_SIMD_LARGEST_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef MICROGPT_ENGINES_FAST_SIMD_LARGEST_INL_H_
#undef MICROGPT_ENGINES_FAST_SIMD_LARGEST_INL_H_
#else
#define MICROGPT_ENGINES_FAST_SIMD_LARGEST_INL_H_
#endif

#include <cmath>

#include "microgpt/engines/fast/simd/vector-inl.h"

HWY_BEFORE_NAMESPACE();
namespace microgpt::simd {
namespace HWY_NAMESPACE {

/// As bits, magnitudes are in order too, and what is no number comes after infinity.
template <class T>
HWY_NOINLINE double largest(const T* x, size_t size) {
    const Tag<T> d;
    const hn::RebindToSigned<Tag<T>> bits;
    auto top = hn::Zero(bits);
    UNROLL for (size_t i = 0; i < size; i += lanes<T>) {
        top = hn::Max(top, hn::BitCast(bits, hn::Abs(load(x + i))));
    }
    alignas(64) T each[lanes<T>];
    store<T>(hn::BitCast(d, top), each);
    double most = 0;
    for (const T one : each) {
        if (!(one <= most) && !std::isnan(most)) most = static_cast<double>(one);
    }
    return most;
}

}  // namespace HWY_NAMESPACE
}  // namespace microgpt::simd
HWY_AFTER_NAMESPACE();

#endif
