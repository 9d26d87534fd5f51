// The fast engine's learner: which kernel learns what.
#include "microgpt/engines/fast/fast_learner.hpp"

#include <algorithm>
#include <cmath>

namespace microgpt {

template <class T>
FastLearner<T>::FastLearner(FastWeights<T>& weights, const Adam::Config& rates, std::size_t parts)
    : weights_(weights),
      rates_(rates),
      parts_(parts),
      slopes_(weights.table.rows * weights.table.columns) {}

/// As in Adam::step(), with both sides of the fraction divided by root_scale.
template <class T>
void FastLearner<T>::begin(Index step, double decay) {
    const auto [rate, root_scale] = Adam::pace(rates_, step, decay);
    step_ = {.less_beta1 = static_cast<T>(1 - rates_.beta1),
             .less_beta2 = static_cast<T>(1 - rates_.beta2),
             .rate = static_cast<T>(rate / root_scale),
             .epsilon = static_cast<T>(rates_.epsilon / root_scale)};
}

template <class T>
void FastLearner<T>::learn(const FastBatch<T>& batch, std::size_t part) {
    const FastTrace<T>& trace = batch.trace();
    learn_matrix(batch, part, weights_.head, trace.last, trace.logits);
    for (std::size_t i = trace.blocks.size(); i-- > 0;) {
        const PanelBlock& w = weights_.blocks[i];
        const BlockTrace<T>& block = trace.blocks[i];
        learn_matrix(batch, part, w.fc2, block.features, block.dnext);
        learn_matrix(batch, part, w.fc1, block.middle_normed, block.dfeatures);
        learn_matrix(batch, part, w.wo, block.found, block.dmiddle);
        learn_matrix(batch, part, w.qkv, block.normed, block.dqkv);
    }
    learn_embeddings(batch, part);
}

template <class T>
void FastLearner<T>::learn_matrix(const FastBatch<T>& batch, std::size_t part,
                                  const PanelMatrix& matrix, const T* x, const T* dy) {
    const std::size_t panels = matrix.rows / weights_.sizes.lanes;
    const bool is_head = matrix.begin == weights_.head.begin;
    weights_.kernels.learn({.rows = batch.rows(),
                            .x = x,
                            .dy = dy,
                            .stride = batch.trace().stride,
                            .outputs = is_head ? weights_.config.vocab_size : matrix.rows,
                            .row_panels = panels,
                            .column_panels = matrix.columns / weights_.sizes.lanes,
                            .first = panels * part / parts_,
                            .last = panels * (part + 1) / parts_,
                            .w = weights_.w.data() + matrix.begin,
                            .transposed = weights_.transposed.data() + matrix.begin,
                            .m = weights_.m.data() + matrix.begin,
                            .v = weights_.v.data() + matrix.begin,
                            .adam = step_});
}

/// Every token's and position's row takes a step, those that were not read with a gradient of 0.
template <class T>
void FastLearner<T>::learn_embeddings(const FastBatch<T>& batch, std::size_t part) {
    const std::size_t lanes = weights_.sizes.lanes;
    const std::size_t stride = weights_.table.rows * lanes;
    const std::size_t panels = weights_.table.columns / lanes;
    const std::size_t first = panels * part / parts_;
    const std::size_t last = panels * (part + 1) / parts_;
    std::fill_n(slopes_.data() + first * stride, (last - first) * stride, T{0});
    for (const auto& document : batch.documents()) {
        weights_.kernels.embed_backward({.tokens = document.tokens,
                                         .vocab_size = weights_.config.vocab_size,
                                         .first_position = 0,
                                         .first = first,
                                         .last = last,
                                         .table = slopes_.data(),
                                         .table_stride = stride,
                                         .x = batch.trace().dembedded + document.row * lanes,
                                         .stride = batch.trace().stride});
    }
    // Panel by panel: which vectors share a division must not depend on how panels are shared.
    for (std::size_t at = first * stride; at < last * stride; at += stride) {
        weights_.kernels.update({.size = stride,
                                 .g = slopes_.data() + at,
                                 .w = weights_.w.data() + weights_.table.begin + at,
                                 .m = weights_.m.data() + weights_.table.begin + at,
                                 .v = weights_.v.data() + weights_.table.begin + at,
                                 .adam = step_});
    }
}

template class FastLearner<float>;
template class FastLearner<double>;

}  // namespace microgpt
