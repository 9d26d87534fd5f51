// FastAdam: which kernel takes which step.
#include "microgpt/engines/fast/fast_adam.hpp"

#include <algorithm>
#include <cmath>

namespace microgpt {

/// As in Adam::step(), with both sides of the fraction divided by root_scale.
template <class T>
simd::AdamStep<T> adam_step(const Adam::Config& rates, Index step, double decay) {
    const auto [rate, root_scale] = Adam::pace(rates, step, decay);
    return {.less_beta1 = static_cast<T>(1 - rates.beta1),
            .less_beta2 = static_cast<T>(1 - rates.beta2),
            .rate = static_cast<T>(rate / root_scale),
            .epsilon = static_cast<T>(rates.epsilon / root_scale)};
}

template <class T>
FastAdam<T>::FastAdam(FastWeights<T>& weights, const Adam::Config& rates, std::size_t parts)
    : weights_(weights),
      rates_(rates),
      parts_(parts),
      slopes_(weights.layout().table.rows * weights.layout().table.columns) {}

template <class T>
void FastAdam<T>::begin(const FastBatch<T>& batch, Index step, double decay) {
    const PanelMatrix& table = weights_.layout().table;
    const std::size_t room = batch.rows().sums_at_once() * table.rows * table.columns;
    if (room > slopes_.size()) slopes_ = Buffer<T>(room);
    step_ = adam_step<T>(rates_, step, decay);
}

template <class T>
void FastAdam<T>::update(const FastBatch<T>& batch, std::size_t part) {
    each_gradient(
        weights_, batch, {part, parts_},
        [this](const auto& gradient, const auto& matrix) { update_matrix(gradient, matrix); });
    update_embeddings(batch, part);
}

template <class T>
void FastAdam<T>::update_matrix(const simd::WeightGradient<T>& gradient,
                                const PanelMatrix& matrix) {
    weights_.kernels().update_weights({.gradient = gradient,
                                       .w = weights_.w(matrix),
                                       .transposed = weights_.transposed(matrix),
                                       .m = weights_.m(matrix),
                                       .v = weights_.v(matrix),
                                       .adam = step_});
}

/// Every token's and position's row takes a step, those that were not read with a gradient of 0.
template <class T>
void FastAdam<T>::update_embeddings(const FastBatch<T>& batch, std::size_t part) {
    const PanelMatrix& table = weights_.layout().table;
    const std::size_t stride = table.rows * weights_.sizes().lanes;
    const auto [first, last] = Part{part, parts_}.of(table.columns / weights_.sizes().lanes);
    sum_embeddings(weights_, batch, {part, parts_}, slopes_.data(), table.rows * table.columns);
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

template simd::AdamStep<float> adam_step(const Adam::Config&, Index, double);
template simd::AdamStep<double> adam_step(const Adam::Config&, Index, double);
template class FastAdam<float>;
template class FastAdam<double>;

}  // namespace microgpt
