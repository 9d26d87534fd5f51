// Attention's way back: from the slopes along its output to those along what it was made of.

// Include guard, as Highway has it: read once for each instruction set
#if defined(MICROGPT_ENGINES_FAST_SIMD_ATTENTION_BACKWARD_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef MICROGPT_ENGINES_FAST_SIMD_ATTENTION_BACKWARD_INL_H_
#undef MICROGPT_ENGINES_FAST_SIMD_ATTENTION_BACKWARD_INL_H_
#else
#define MICROGPT_ENGINES_FAST_SIMD_ATTENTION_BACKWARD_INL_H_
#endif

#include "microgpt/engines/fast/simd/attention-inl.h"

HWY_BEFORE_NAMESPACE();
namespace microgpt::simd {
namespace HWY_NAMESPACE {

/// The same heads on the way back.
template <size_t W, class T>
class HeadGroupBackward : HeadGroup<W, T> {
    using Base = HeadGroup<W, T>;
    using Base::L, Base::job_, Base::deep_, Base::panel_, Base::weights_, Base::chunk_;
    using Base::products, Base::spread_;

  public:
    HWY_INLINE HeadGroupBackward(const AttentionBackward<T>& job, size_t group)
        : Base(job.forward, group), back_(job) {}

    /// From query i's output to the query, and, added to what is there, to keys and values.
    HWY_INLINE void pass_back(size_t i) const {
        const Vec<T> mean = weight_slopes(i);
        for (size_t r = 0; r < deep_; ++r) pass_back(i, mean, r);
    }

  private:
    /// The slopes along query i's weights, into scratch. Returns their mean, by weight.
    HWY_INLINE Vec<T> weight_slopes(size_t i) const {
        const T* doutput = back_.doutput + panel_ * job_.output_stride + i * L;
        const size_t keys = job_.keys + i;
        const T* weights = weights_ + i * job_.weights_stride;
        Vec<T> mean = hn::Zero(Tag<T>());
        for (size_t first = 0; first < keys; first += W, weights += chunk_) {
            const Vec<T> slopes = products(doutput, job_.output_stride, job_.v, first, keys);
            mean = hn::MulAdd(load(weights), slopes, mean);
            store<T>(slopes, back_.scratch + first / W * L);
        }
        return group_sum<W, T>(mean);
    }

    /// The rest of the way, of the group's panel r.
    HWY_INLINE void pass_back(size_t i, Vec<T> mean, size_t r) const {
        const size_t q_at = (panel_ + r) * job_.q_stride + i * L;
        const Vec<T> q = load(job_.q + q_at);
        const Vec<T> doutput = load(back_.doutput + (panel_ + r) * job_.output_stride + i * L);
        const size_t keys = job_.keys + i;
        const T* weights = weights_ + i * job_.weights_stride;
        Vec<T> dq = hn::Zero(Tag<T>());
        for (size_t first = 0; first < keys; first += W, weights += chunk_) {
            const Vec<T> chunk = load(weights);
            const Vec<T> above = hn::Sub(load(back_.scratch + first / W * L), mean);
            const Vec<T> dscores = hn::Mul(hn::Mul(set(job_.scale), chunk), above);
            UNROLL for (size_t j = 0; j < W; ++j) {
                if (first + j >= keys) break;
                const size_t at = (panel_ + r) * job_.kv_stride + (first + j) * L;
                const Vec<T> dscore = spread_(dscores, j);
                dq = hn::MulAdd(dscore, load(job_.k + at), dq);
                store<T>(hn::MulAdd(dscore, q, load(back_.dk + at)), back_.dk + at);
                store<T>(hn::MulAdd(spread_(chunk, j), doutput, load(back_.dv + at)),
                         back_.dv + at);
            }
        }
        store<T>(dq, back_.dq + q_at);
    }

    const AttentionBackward<T>& back_;
};

template <size_t W, class T>
HWY_NOINLINE void attention_backward_in_groups(const AttentionBackward<T>& job) {
    const Attention<T>& forward = job.forward;
    for (size_t panel = 0; panel < forward.panels; ++panel) {
        for (size_t i = 0; i < forward.queries; ++i) {
            const size_t at = panel * forward.kv_stride + i * lanes<T>;
            store<T>(hn::Zero(Tag<T>()), job.dk + at);
            store<T>(hn::Zero(Tag<T>()), job.dv + at);
        }
    }
    for (size_t group = 0; group < group_count(forward); ++group) {
        const HeadGroupBackward<W, T> heads(job, group);
        for (size_t i = 0; i < forward.queries; ++i) heads.pass_back(i);
    }
}

template <class T>
void attention_backward(const AttentionBackward<T>& job) {
    with_head_lanes<T>(job.forward.head_width,
                       [&](auto w) { attention_backward_in_groups<w()>(job); });
}

}  // namespace HWY_NAMESPACE
}  // namespace microgpt::simd
HWY_AFTER_NAMESPACE();

#endif
