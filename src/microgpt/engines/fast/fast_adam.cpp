// FastAdam: which kernel takes which step.
#include "microgpt/engines/fast/fast_adam.hpp"

#include <algorithm>
#include <cmath>

namespace microgpt {

template <class T>
FastAdam<T>::FastAdam(FastWeights<T>& weights, const Adam::Config& rates, std::size_t parts)
    : weights_(weights),
      rates_(rates),
      parts_(parts),
      slopes_(weights.layout().table.rows * weights.layout().table.columns) {}

/// As in Adam::step(), with both sides of the fraction divided by root_scale.
template <class T>
void FastAdam<T>::begin(Index step, double decay) {
    const auto [rate, root_scale] = Adam::pace(rates_, step, decay);
    step_ = {.less_beta1 = static_cast<T>(1 - rates_.beta1),
             .less_beta2 = static_cast<T>(1 - rates_.beta2),
             .rate = static_cast<T>(rate / root_scale),
             .epsilon = static_cast<T>(rates_.epsilon / root_scale)};
}

template <class T>
void FastAdam<T>::update(const FastBatch<T>& batch, std::size_t part) {
    const FastTrace<T>& trace = batch.trace();
    update_matrix(batch, part, weights_.layout().head, trace.last, trace.logits);
    for (std::size_t i = trace.blocks.size(); i-- > 0;) {
        const PanelBlock& w = weights_.layout().blocks[i];
        const BlockTrace<T>& block = trace.blocks[i];
        update_matrix(batch, part, w.fc2, block.features, block.doutput);
        update_matrix(batch, part, w.fc1, block.middle_normed, block.dfeatures);
        update_matrix(batch, part, w.wo, block.attention, block.dmiddle);
        update_matrix(batch, part, w.qkv, block.normed, block.dqkv);
    }
    update_embeddings(batch, part);
}

template <class T>
void FastAdam<T>::update_matrix(const FastBatch<T>& batch, std::size_t part,
                                const PanelMatrix& matrix, const T* x, const T* dy) {
    const std::size_t panels = matrix.rows / weights_.sizes().lanes;
    const bool is_head = matrix.begin == weights_.layout().head.begin;
    weights_.kernels().update_weights(
        {.rows = batch.rows(),
         .x = x,
         .dy = dy,
         .stride = batch.trace().stride,
         .outputs = is_head ? weights_.config().vocab_size : matrix.rows,
         .row_panels = panels,
         .column_panels = matrix.columns / weights_.sizes().lanes,
         .first = panels * part / parts_,
         .last = panels * (part + 1) / parts_,
         .w = weights_.w(matrix),
         .transposed = weights_.transposed(matrix),
         .m = weights_.m(matrix),
         .v = weights_.v(matrix),
         .adam = step_});
}

/// Every token's and position's row takes a step, those that were not read with a gradient of 0.
template <class T>
void FastAdam<T>::update_embeddings(const FastBatch<T>& batch, std::size_t part) {
    const std::size_t lanes = weights_.sizes().lanes;
    const PanelMatrix& table = weights_.layout().table;
    const std::size_t stride = table.rows * lanes;
    const std::size_t panels = table.columns / lanes;
    const std::size_t first = panels * part / parts_;
    const std::size_t last = panels * (part + 1) / parts_;
    std::fill_n(slopes_.data() + first * stride, (last - first) * stride, T{0});
    for (const auto& document : batch.documents()) {
        weights_.kernels().embedding_backward({.tokens = document.tokens,
                                               .vocab_size = weights_.config().vocab_size,
                                               .first = first,
                                               .last = last,
                                               .dtable = slopes_.data(),
                                               .table_stride = stride,
                                               .dx = batch.trace().dembedded + document.row * lanes,
                                               .stride = batch.trace().stride});
    }
    // Panel by panel: which vectors share a division must not depend on how panels are cut.
    for (std::size_t at = first * stride; at < last * stride; at += stride) {
        weights_.kernels().adam({.size = stride,
                                 .g = slopes_.data() + at,
                                 .w = weights_.w(table) + at,
                                 .m = weights_.m(table) + at,
                                 .v = weights_.v(table) + at,
                                 .adam = step_});
    }
}

template class FastAdam<float>;
template class FastAdam<double>;

}  // namespace microgpt
