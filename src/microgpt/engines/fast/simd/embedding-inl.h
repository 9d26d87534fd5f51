// Embeddings: a token's and a position's, looked up and added.

// Include guard, as Highway has it: read once for each instruction set
#if defined(MICROGPT_ENGINES_FAST_SIMD_EMBEDDING_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef MICROGPT_ENGINES_FAST_SIMD_EMBEDDING_INL_H_
#undef MICROGPT_ENGINES_FAST_SIMD_EMBEDDING_INL_H_
#else
#define MICROGPT_ENGINES_FAST_SIMD_EMBEDDING_INL_H_
#endif

#include "microgpt/engines/fast/simd/vector-inl.h"
#include "microgpt/engines/fast/simd_jobs.hpp"

HWY_BEFORE_NAMESPACE();
namespace microgpt::simd {
namespace HWY_NAMESPACE {

template <class T>
HWY_NOINLINE void embedding_forward(const EmbeddingLookup<T>& job) {
    constexpr size_t L = lanes<T>;
    for (size_t panel = 0; panel < job.panels; ++panel) {
        const T* tokens = job.table + panel * job.table_stride;
        const T* positions = tokens + (job.vocab_size + job.first_position) * L;
        T* x = job.x + panel * job.stride;
        for (size_t p = 0; p < job.tokens.size(); ++p) {
            store<T>(hn::Add(load(tokens + job.tokens[p] * L), load(positions + p * L)), x + p * L);
        }
    }
}

template <class T>
HWY_NOINLINE void embedding_backward(const EmbeddingBackward<T>& job) {
    constexpr size_t L = lanes<T>;
    for (size_t panel = job.first; panel < job.last; ++panel) {
        T* tokens = job.dtable + panel * job.table_stride;
        T* positions = tokens + job.vocab_size * L;
        const T* dx = job.dx + panel * job.stride;
        for (size_t p = 0; p < job.tokens.size(); ++p) {
            const Vec<T> slope = load(dx + p * L);
            T* token = tokens + job.tokens[p] * L;
            store<T>(hn::Add(load(token), slope), token);
            store<T>(hn::Add(load(positions + p * L), slope), positions + p * L);
        }
    }
}

}  // namespace HWY_NAMESPACE
}  // namespace microgpt::simd
HWY_AFTER_NAMESPACE();

#endif
