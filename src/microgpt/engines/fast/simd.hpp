// The kernels of the fast engine: loops over whole vectors, the best the processor knows.
#pragma once

#include "microgpt/engines/fast/simd_jobs.hpp"

namespace microgpt::simd {

/// The kernels for numbers of type T, all for the same instruction set.
template <class T>
struct Kernels {
    std::size_t lanes;
    const char* target;  // what Highway calls that instruction set
    void (*multiply)(const Product<T>&);
    void (*learn)(const Learning<T>&);
    void (*update)(const Update<T>&);
    void (*embed)(const Embedding<T>&);
    void (*embed_backward)(const Embedding<T>&);
    void (*rmsnorm)(const Norm<T>&);
    void (*rmsnorm_backward)(const Norm<T>&);
    void (*attend)(const Look<T>&);
    void (*attend_backward)(const Look<T>&);
    double (*surprise)(const Surprise<T>&);         // returns the sum of the rows' losses
    bool (*soften)(const Soften<T>&);               // returns whether all logits were finite
    double (*largest)(const T*, std::size_t size);  // magnitude; not finite where a number is not
    double (*spin)(std::size_t rounds);             // for the clock, with so many FLOPs a round:
    std::size_t spin_flops;
};

/// The ones this processor runs fastest.
template <class T>
const Kernels<T>& kernels();

}  // namespace microgpt::simd
