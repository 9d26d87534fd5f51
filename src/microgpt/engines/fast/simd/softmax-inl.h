// softmax, and the loss: what comes of logits.

// Include guard, as Highway has it: read once for each instruction set
#if defined(MICROGPT_ENGINES_FAST_SIMD_SOFTMAX_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef MICROGPT_ENGINES_FAST_SIMD_SOFTMAX_INL_H_
#undef MICROGPT_ENGINES_FAST_SIMD_SOFTMAX_INL_H_
#else
#define MICROGPT_ENGINES_FAST_SIMD_SOFTMAX_INL_H_
#endif

#include <cmath>
#include <limits>

#include <hwy/contrib/math/math-inl.h>

#include "microgpt/engines/fast/simd/vector-inl.h"
#include "microgpt/engines/fast/simd_jobs.hpp"

HWY_BEFORE_NAMESPACE();
namespace microgpt::simd {
namespace HWY_NAMESPACE {

/// Rows of logits, which turn into powers and probabilities in their place.
template <class T>
class Logits {
  public:
    HWY_INLINE Logits(T* logits, size_t vocab_size, size_t stride)
        : logits_(logits),
          stride_(stride),
          panels_(padded(vocab_size, L) / L),
          is_token_(hn::Lt(hn::Iota(Tag<T>(), T{0}),
                           set(static_cast<T>(vocab_size - (panels_ - 1) * L)))) {}

    /// The logit of a token.
    HWY_INLINE T& at(size_t row, size_t token) const {
        return logits_[token / L * stride_ + row * L + token % L];
    }

    /// The largest of a row; and what fills up its last panel is put below all.
    HWY_INLINE T max(size_t row) {
        const Tag<T> d;
        T* last = logits_ + (panels_ - 1) * stride_ + row * L;
        zeros_ = hn::MulAdd(load(last), hn::Zero(d), zeros_);
        Vec<T> top = hn::IfThenElse(is_token_, load(last), set(std::numeric_limits<T>::lowest()));
        store<T>(top, last);
        for (const T* x = logits_ + row * L; x != last; x += stride_) {
            zeros_ = hn::MulAdd(load(x), hn::Zero(d), zeros_);
            top = hn::Max(top, load(x));
        }
        return hn::GetLane(hn::MaxOfLanes(d, top));
    }

    /// Each x of a row becomes exp(factor (x - top)), and what fills up its last panel 0. Returns
    /// their sum.
    HWY_INLINE T raise(size_t row, T top, T factor) const {
        const Tag<T> d;
        const auto power = [&](const T* x) {
            return hn::Exp(d, hn::Mul(set(factor), hn::Sub(load(x), set(top))));
        };
        Vec<T> sum = hn::Zero(d);
        T* x = logits_ + row * L;
        for (const T* last = x + (panels_ - 1) * stride_; x != last; x += stride_) {
            const Vec<T> one = power(x);
            sum = hn::Add(sum, one);
            store<T>(one, x);
        }
        const Vec<T> rest = hn::IfThenElseZero(is_token_, power(x));
        store<T>(rest, x);
        return hn::GetLane(hn::SumOfLanes(d, hn::Add(sum, rest)));
    }

    /// Multiplies a row by a number.
    HWY_INLINE void scale(size_t row, T factor) const {
        T* x = logits_ + row * L;
        for (size_t panel = 0; panel < panels_; ++panel, x += stride_) {
            store<T>(hn::Mul(set(factor), load(x)), x);
        }
    }

    /// 0; or no number where max() has met an infinite logit, or one that is none: 0 times that.
    HWY_INLINE T zero() const { return hn::GetLane(hn::SumOfLanes(Tag<T>(), zeros_)); }

  private:
    static constexpr size_t L = lanes<T>;

    T* logits_;
    size_t stride_, panels_;
    hn::Mask<Tag<T>> is_token_;  // in a row's last panel
    Vec<T> zeros_ = hn::Zero(Tag<T>());
};

/// A row's loss is log(sum(exp(x - top))) - (x[target] - top). The sums are multiplied, so that one
/// logarithm will do for many rows. Three walks over all rows instead of one: in each, the rows do
/// not wait for each other. Where a target's share is so small that 1 over it is infinite, as the
/// slope of a logarithm would be, so is the loss: the row that is furthest off is looked at.
template <class T>
HWY_NOINLINE double cross_entropy(const CrossEntropy<T>& job) {
    const size_t rows = job.targets.size();
    Logits<T> logits(job.logits, job.vocab_size, job.stride);
    double loss = 0;
    double most = 0;
    size_t furthest = 0;
    for (size_t row = 0; row < rows; ++row) {
        job.scratch[row] = logits.max(row);
        const double off = job.scratch[row] - static_cast<double>(logits.at(row, job.targets[row]));
        loss += off;
        if (off > most) furthest = row;
        most = HWY_MAX(most, off);
    }
    for (size_t row = 0; row < rows; ++row) {
        job.scratch[row] = logits.raise(row, job.scratch[row], 1);
    }
    constexpr double longest = 709.782712893384;  // the logarithm of the largest double
    if (most + std::log(static_cast<double>(job.scratch[furthest])) > longest) {
        return std::numeric_limits<double>::infinity();
    }
    double sums = 1;
    for (size_t row = 0; row < rows; ++row) {
        sums *= job.scratch[row];
        if (sums > 1e250) {
            loss += std::log(sums);
            sums = 1;
        }
        logits.scale(row, job.weight / job.scratch[row]);
        logits.at(row, job.targets[row]) -= job.weight;
    }
    return loss + std::log(sums) + logits.zero();
}

template <class T>
HWY_NOINLINE bool softmax(const Softmax<T>& job) {
    Logits<T> logits(job.logits, job.vocab_size, job.stride);
    for (size_t row = 0; row < job.rows; ++row) {
        const T top = logits.max(row);
        logits.scale(row, 1 / logits.raise(row, top, job.inverse_temperature));
    }
    return logits.zero() == 0;
}

}  // namespace HWY_NAMESPACE
}  // namespace microgpt::simd
HWY_AFTER_NAMESPACE();

#endif
