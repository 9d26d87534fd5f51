// The fast engine's gradient: what a batch leaves to be summed, and the sums.
#pragma once

#include "microgpt/engines/fast/fast_batch.hpp"

namespace microgpt {

/// Calls visit(simd::WeightGradient, PanelMatrix) for each matrix, with a part of its rows.
template <class T, class Visit>
void each_gradient(const FastWeights<T>& weights, const FastBatch<T>& batch, const Part& part,
                   Visit visit) {
    const std::size_t lanes = weights.sizes().lanes;
    const FastTrace<T>& trace = batch.trace();
    const auto one = [&](const PanelMatrix& matrix, const T* x, const T* dy) {
        const bool is_head = matrix.begin == weights.layout().head.begin;
        const auto [first, last] = part.of(matrix.rows / lanes);
        visit(
            simd::WeightGradient<T>{.bundles = batch.rows().bundles(),
                                    .x = x,
                                    .dy = dy,
                                    .stride = trace.stride,
                                    .outputs = is_head ? weights.config().vocab_size : matrix.rows,
                                    .row_panels = matrix.rows / lanes,
                                    .column_panels = matrix.columns / lanes,
                                    .first = first,
                                    .last = last},
            matrix);
    };
    one(weights.layout().head, trace.last, trace.logits);
    for (std::size_t i = trace.blocks.size(); i-- > 0;) {
        const PanelBlock& w = weights.layout().blocks[i];
        const BlockTrace<T>& block = trace.blocks[i];
        one(w.fc2, block.features, block.doutput);
        one(w.fc1, block.middle_normed, block.dfeatures);
        one(w.wo, block.attention, block.dmiddle);
        one(w.qkv, block.normed, block.dqkv);
    }
}

/// Sums the gradient of a part of the embeddings' panels, in the order of summation.hpp. Each sum
/// that is left comes a stride after the one before; there must be room for as many as there are
/// at a time.
template <class T>
void sum_embeddings(const FastWeights<T>& weights, const FastBatch<T>& batch, const Part& part,
                    T* sums, std::size_t stride);

/// Sums a part of all gradients, as the weights stand; room as above.
template <class T>
void sum_gradients(const FastWeights<T>& weights, const FastBatch<T>& batch, const Part& part,
                   T* sums, std::size_t stride);

}  // namespace microgpt
