// FastAdam: Adam, for the weights in panels.
#pragma once

#include "microgpt/engines/fast/fast_gradient.hpp"

namespace microgpt {

/// What is the same for all weights in step number `step`, the first being 1.
template <class T>
simd::AdamStep<T> adam_step(const Adam::Config& rates, Index step, double decay);

/// Steps down the gradients that a batch has left. Each thread takes a part of the weights: so each
/// gradient is summed by one thread, in the order of the documents.
template <class T>
class FastAdam {
  public:
    FastAdam(FastWeights<T>& weights, const Adam::Config& rates, std::size_t parts);

    /// Begins step number `step`, the first being 1, down the gradients of a batch.
    void begin(const FastBatch<T>& batch, Index step, double decay);
    /// Takes it, for a part of the weights.
    void update(const FastBatch<T>& batch, std::size_t part);

  private:
    void update_matrix(const simd::WeightGradient<T>& gradient, const PanelMatrix& matrix);
    void update_embeddings(const FastBatch<T>& batch, std::size_t part);

    FastWeights<T>& weights_;
    Adam::Config rates_;
    std::size_t parts_;
    simd::AdamStep<T> step_{};
    Buffer<T> slopes_;  // along the embeddings: as many sums as there are at a time
};

}  // namespace microgpt
