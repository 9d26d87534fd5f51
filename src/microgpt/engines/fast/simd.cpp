// The kernels of the fast engine, compiled once for every instruction set.
#include "microgpt/engines/fast/simd.hpp"

// Highway includes this file again for each of them, but for two that would bring nothing new, and
// those whose vectors have no size that is known here. Where the processor is not asked below,
// there is one alone: what the compiler takes for granted.
#define HWY_DISABLED_TARGETS \
    (HWY_SSSE3 | HWY_AVX3_DL | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#if !defined(__x86_64__) && !defined(HWY_COMPILE_ONLY_STATIC)
#define HWY_COMPILE_ONLY_STATIC
#endif
#define HWY_IS_DEBUG_BUILD 0  // its checks call what only Highway's library has
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "microgpt/engines/fast/simd.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <atomic>
#include <vector>

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

namespace {

/// The kernels for one instruction set, if there are any.
struct Target {
    const Kernels<float>* (*f32)();
    const Kernels<double>* (*f64)();
};

/// Those that this processor has, the fastest first. Highway would choose, too, but its library
/// measures the clock whenever it is loaded, which takes longer than a thousand steps.
std::vector<Target> found() {
    std::vector<Target> found;
    const auto add = [&](bool has, const Target& target) {
        if (has && target.f32 != nullptr) found.push_back(target);
    };
#if defined(__x86_64__)
    const bool sse4 = __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("aes") &&
                      __builtin_cpu_supports("pclmul");
    const bool avx2 = sse4 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                      __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
    const bool avx3 = avx2 && __builtin_cpu_supports("avx512vl") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
    add(avx3, {HWY_CHOOSE_AVX3(kernels_f32), HWY_CHOOSE_AVX3(kernels_f64)});
    add(avx2, {HWY_CHOOSE_AVX2(kernels_f32), HWY_CHOOSE_AVX2(kernels_f64)});
    add(sse4, {HWY_CHOOSE_SSE4(kernels_f32), HWY_CHOOSE_SSE4(kernels_f64)});
#endif
    add(true, {HWY_STATIC_DISPATCH(kernels_f32), HWY_STATIC_DISPATCH(kernels_f64)});
    return found;
}

const std::vector<Target>& all() {
    static const std::vector<Target> targets = found();
    return targets;
}

std::atomic<std::size_t> chosen = 0;

}  // namespace

std::size_t targets() { return all().size(); }
void choose(std::size_t target) { chosen = target; }

template <>
const Kernels<float>& kernels() {
    return *all().at(chosen).f32();
}

template <>
const Kernels<double>& kernels() {
    return *all().at(chosen).f64();
}

}  // namespace microgpt::simd
#endif
