// rmsnorm: row by row, there and back.

// Include guard, as Highway has it: read once for each instruction set
#if defined(MICROGPT_ENGINES_FAST_SIMD_RMSNORM_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef MICROGPT_ENGINES_FAST_SIMD_RMSNORM_INL_H_
#undef MICROGPT_ENGINES_FAST_SIMD_RMSNORM_INL_H_
#else
#define MICROGPT_ENGINES_FAST_SIMD_RMSNORM_INL_H_
#endif

#include <cmath>

#include "microgpt/engines/fast/simd/vector-inl.h"
#include "microgpt/engines/fast/simd_jobs.hpp"

HWY_BEFORE_NAMESPACE();
namespace microgpt::simd {
namespace HWY_NAMESPACE {

template <class T>
HWY_NOINLINE void rmsnorm_forward(const RmsNorm<T>& job) {
    constexpr size_t L = lanes<T>;
    for (size_t row = 0; row < job.rows; ++row) {
        Vec<T> squares = hn::Zero(Tag<T>());
        for (size_t i = 0, at = row * L; i < job.n_embd; i += L, at += job.stride) {
            const Vec<T> x = load(job.x + at);
            squares = hn::MulAdd(x, x, squares);
        }
        const T sum = hn::GetLane(hn::SumOfLanes(Tag<T>(), squares));
        const T mean = sum / static_cast<T>(job.n_embd);
        const T one = 1 / std::sqrt(mean + static_cast<T>(1e-5));
        job.scale[row] = one;
        const Vec<T> scale = set(one);
        for (size_t i = 0, at = row * L; i < job.n_embd; i += L, at += job.stride) {
            store<T>(hn::Mul(scale, load(job.x + at)), job.y + at);
        }
    }
}

/// dx = scale dy - scale³ (x·dy / n_embd) x: what y passes on itself, and by way of the scale.
template <class T>
HWY_NOINLINE void rmsnorm_backward(const RmsNormBackward<T>& job) {
    constexpr size_t L = lanes<T>;
    const Vec<T> nth = set(T{1} / static_cast<T>(job.n_embd));
    for (size_t row = 0; row < job.rows; ++row) {
        Vec<T> along = hn::Zero(Tag<T>());
        for (size_t i = 0, at = row * L; i < job.n_embd; i += L, at += job.stride) {
            along = hn::MulAdd(load(job.x + at), load(job.dy + at), along);
        }
        const Vec<T> scale = set(job.scale[row]);
        const Vec<T> cube = hn::Mul(hn::Mul(scale, scale), scale);
        const Vec<T> pull = hn::Mul(hn::Mul(cube, nth), hn::SumOfLanes(Tag<T>(), along));
        for (size_t i = 0, at = row * L; i < job.n_embd; i += L, at += job.stride) {
            const Vec<T> straight = hn::Mul(scale, load(job.dy + at));
            Vec<T> dx = hn::NegMulAdd(pull, load(job.x + at), straight);
            if (job.residual != nullptr) dx = hn::Add(dx, load(job.residual + at));
            store<T>(dx, job.dx + at);
        }
    }
}

}  // namespace HWY_NAMESPACE
}  // namespace microgpt::simd
HWY_AFTER_NAMESPACE();

#endif
