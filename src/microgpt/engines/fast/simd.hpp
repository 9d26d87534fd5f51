// The kernels of the fast engine: loops over whole vectors, the best the processor knows.
#pragma once

#include "microgpt/engines/fast/simd_updates.hpp"

namespace microgpt::simd {

/// The kernels for numbers of type T, all for the same instruction set.
template <class T>
struct Kernels {
    std::size_t lanes;
    const char* target;  // what Highway calls that instruction set
    void (*matmul)(const MatMul<T>&);
    void (*embedding_forward)(const EmbeddingLookup<T>&);
    void (*embedding_backward)(const EmbeddingBackward<T>&);
    void (*rmsnorm_forward)(const RmsNorm<T>&);
    void (*rmsnorm_backward)(const RmsNormBackward<T>&);
    void (*attention_forward)(const Attention<T>&);
    void (*attention_backward)(const AttentionBackward<T>&);
    double (*cross_entropy)(const CrossEntropy<T>&);  // returns the sum of the rows' losses
    bool (*softmax)(const Softmax<T>&);               // returns whether all logits were finite
    void (*adam)(const AdamUpdate<T>&);
    void (*update_weights)(const WeightUpdate<T>&);
    void (*sum_gradient)(const GradientSum<T>&);
    void (*transpose)(const Transposition<T>&);
    double (*largest)(const T*, std::size_t size);  // magnitude; not finite where a number is not
    double (*spin)(std::size_t rounds);             // for the clock, with so many FLOPs a round:
    std::size_t spin_flops;
};

/// The ones this processor runs fastest, unless others were chosen.
template <class T>
const Kernels<T>& kernels();

/// For how many instruction sets of this processor there are kernels: 0 is the fastest, and the
/// last needs nothing that not every such processor has.
std::size_t targets();

/// Has kernels() give those of another one, for the engines that are made from now on.
void choose(std::size_t target);

}  // namespace microgpt::simd
