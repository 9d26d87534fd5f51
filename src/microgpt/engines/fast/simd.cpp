// The kernels of the fast engine, compiled once for every instruction set.
#include "microgpt/engines/fast/simd.hpp"

// Highway includes this file again for each of them, but for two that would bring nothing new, and
// those whose vectors have no size that is known here.
#define HWY_DISABLED_TARGETS \
    (HWY_SSSE3 | HWY_AVX3_DL | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "microgpt/engines/fast/simd.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "microgpt/autograd/error.hpp"
#include "microgpt/engines/fast/simd/adam-inl.h"
#include "microgpt/engines/fast/simd/attention-inl.h"
#include "microgpt/engines/fast/simd/attention_backward-inl.h"
#include "microgpt/engines/fast/simd/embedding-inl.h"
#include "microgpt/engines/fast/simd/gradient-inl.h"
#include "microgpt/engines/fast/simd/largest-inl.h"
#include "microgpt/engines/fast/simd/matmul-inl.h"
#include "microgpt/engines/fast/simd/peak-inl.h"
#include "microgpt/engines/fast/simd/rmsnorm-inl.h"
#include "microgpt/engines/fast/simd/softmax-inl.h"

HWY_BEFORE_NAMESPACE();
namespace microgpt::simd {
namespace HWY_NAMESPACE {

template <class T>
const Kernels<T>* table() {
    static const Kernels<T> kernels = {.lanes = lanes<T>,
                                       .target = hwy::TargetName(HWY_TARGET),
                                       .matmul = matmul<T>,
                                       .embedding_forward = embedding_forward<T>,
                                       .embedding_backward = embedding_backward<T>,
                                       .rmsnorm_forward = rmsnorm_forward<T>,
                                       .rmsnorm_backward = rmsnorm_backward<T>,
                                       .attention_forward = attention_forward<T>,
                                       .attention_backward = attention_backward<T>,
                                       .cross_entropy = cross_entropy<T>,
                                       .softmax = softmax<T>,
                                       .adam = adam<T>,
                                       .update_weights = update_weights<T>,
                                       .sum_gradient = sum_gradient<T>,
                                       .transpose = transpose<T>,
                                       .largest = largest<T>,
                                       .spin = spin<T>,
                                       .spin_flops = spin_flops<T>};
    return &kernels;
}

const Kernels<float>* kernels_f32() { return table<float>(); }
#if HWY_HAVE_FLOAT64
const Kernels<double>* kernels_f64() { return table<double>(); }
#else
const Kernels<double>* kernels_f64() {
    throw Error("no vectors of double precision here: choose f32, or another engine");
}
#endif

}  // namespace HWY_NAMESPACE
}  // namespace microgpt::simd
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace microgpt::simd {

HWY_EXPORT(kernels_f32);
HWY_EXPORT(kernels_f64);

template <>
const Kernels<float>& kernels() {
    return *HWY_DYNAMIC_DISPATCH(kernels_f32)();
}

template <>
const Kernels<double>& kernels() {
    return *HWY_DYNAMIC_DISPATCH(kernels_f64)();
}

}  // namespace microgpt::simd
#endif
