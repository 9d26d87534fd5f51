// Vectors of T: what the kernels need beside Highway's own operations.

// Include guard, as Highway has it: read once for each instruction set
#if defined(MICROGPT_ENGINES_FAST_SIMD_VECTOR_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef MICROGPT_ENGINES_FAST_SIMD_VECTOR_INL_H_
#undef MICROGPT_ENGINES_FAST_SIMD_VECTOR_INL_H_
#else
#define MICROGPT_ENGINES_FAST_SIMD_VECTOR_INL_H_
#endif

#include <hwy/highway.h>

#include <cstddef>

HWY_BEFORE_NAMESPACE();
namespace microgpt::simd {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using std::size_t;

template <class T>
using Tag = hn::ScalableTag<T>;
template <class T>
using Vec = hn::Vec<Tag<T>>;
template <class T>
constexpr size_t lanes = hn::MaxLanes(Tag<T>());

/// Arrays of vectors stay in registers only where the loops over them are unrolled.
#define UNROLL _Pragma("GCC unroll 16")

template <class T>
HWY_INLINE Vec<T> set(T x) {
    return hn::Set(Tag<T>(), x);
}

template <class T>
HWY_INLINE Vec<T> load(const T* from) {
    return hn::Load(Tag<T>(), from);
}

template <class T>
HWY_INLINE void store(Vec<T> x, T* to) {
    hn::Store(x, Tag<T>(), to);
}

// ---- Across lanes, in groups of W neighbours, W a power of two

#if HWY_TARGET != HWY_SCALAR
/// Each lane changes places with the one D further on, or back, where D is a power of two.
template <size_t D, class T>
HWY_INLINE Vec<T> swap(Vec<T> x) {
    constexpr size_t bytes = D * sizeof(T);
    if constexpr (D == 1) return hn::Reverse2(Tag<T>(), x);
    if constexpr (D > 1 && bytes == 8) return hn::Shuffle1032(x);
    if constexpr (bytes == 16) return hn::SwapAdjacentBlocks(x);
    if constexpr (bytes == 32) return hn::ConcatLowerUpper(Tag<T>(), x, x);
}
#endif

/// In each lane, the sum of its group.
template <size_t W, class T>
HWY_INLINE Vec<T> group_sum(Vec<T> x) {
    if constexpr (W > 1) x = group_sum<W / 2, T>(hn::Add(x, swap<W / 2, T>(x)));
    return x;
}

/// In each lane, the largest of its group.
template <size_t W, class T>
HWY_INLINE Vec<T> group_max(Vec<T> x) {
    if constexpr (W > 1) x = group_max<W / 2, T>(hn::Max(x, swap<W / 2, T>(x)));
    return x;
}

/// Lane by lane its place in its group: 0 … W - 1, 0 … W - 1, …
template <size_t W, class T>
HWY_INLINE Vec<T> place_in_group() {
    alignas(64) T places[lanes<T>];
    for (size_t i = 0; i < lanes<T>; ++i) places[i] = static_cast<T>(i % W);
    return load<T>(places);
}

/// W group sums at once: in a group's lane j the sum of that group of x[j]. Each step leaves half
/// as many vectors, where W calls of group_sum() would take every step with all of them.
template <size_t W, size_t D = 1, class T>
HWY_INLINE Vec<T> group_sums(T, Vec<T>* x) {
    if constexpr (D < W) {
        const hn::RebindToUnsigned<Tag<T>> bits;
        const auto bit = hn::Set(bits, static_cast<hn::TFromD<decltype(bits)>>(D));
        const auto odd = hn::RebindMask(Tag<T>(), hn::TestBit(hn::Iota(bits, 0), bit));
        UNROLL for (size_t i = 0; i < W; i += 2 * D) {
            const Vec<T> a = x[i];
            const Vec<T> b = x[i + D];
            const Vec<T> crossed = hn::IfThenElse(odd, a, b);
            x[i] = hn::Add(hn::IfThenElse(odd, b, a), swap<D, T>(crossed));
        }
        return group_sums<W, 2 * D>(T(), x);
    } else {
        return x[0];
    }
}

/// Copies a lane of each group to all lanes of that group.
template <size_t W, class T>
class Spread {
  public:
    HWY_INLINE Spread() {
        for (size_t j = 0; j < W; ++j) {
            alignas(64) Index from[lanes<T>];
            for (size_t i = 0; i < lanes<T>; ++i) from[i] = static_cast<Index>(i - i % W + j);
            lanes_[j] = hn::SetTableIndices(Tag<T>(), from);
        }
    }
    HWY_INLINE Vec<T> operator()(Vec<T> x, size_t j) const {
        if constexpr (W == 1) return x;
        return hn::TableLookupLanes(x, lanes_[j]);
    }

  private:
    using Signed = hn::RebindToSigned<Tag<T>>;
    using Index = hn::TFromD<Signed>;

    decltype(hn::IndicesFromVec(Tag<T>(), hn::Zero(Signed()))) lanes_[W];
};

/// The only one of its kind: it takes longer to make than to use.
template <size_t W, class T>
HWY_INLINE const Spread<W, T>& spread() {
    static const Spread<W, T> only;
    return only;
}

}  // namespace HWY_NAMESPACE
}  // namespace microgpt::simd
HWY_AFTER_NAMESPACE();

#endif
