// The fast engine's gradient: where each of its sums goes.
#include "microgpt/engines/fast/fast_gradient.hpp"

#include <algorithm>
#include <functional>

namespace microgpt {

template <class T>
void sum_embeddings(const FastWeights<T>& weights, const FastBatch<T>& batch, const Part& part,
                    T* sums, std::size_t stride) {
    const std::size_t lanes = weights.sizes().lanes;
    const PanelMatrix& table = weights.layout().table;
    const std::size_t table_stride = table.rows * lanes;
    const auto [first, last] = part.of(table.columns / lanes);
    const std::size_t begin = first * table_stride, size = (last - first) * table_stride;
    T* sum = sums;
    auto document = batch.rows().documents().begin();
    for (const auto& [end, merges] : batch.rows().bundles()) {
        std::fill_n(sum + begin, size, T{0});
        for (; document != batch.rows().documents().end() && document->row < end; ++document) {
            weights.kernels().embedding_backward(
                {.tokens = document->tokens,
                 .vocab_size = weights.config().vocab_size,
                 .first = first,
                 .last = last,
                 .dtable = sum,
                 .table_stride = table_stride,
                 .dx = batch.trace().dembedded + document->row * lanes,
                 .stride = batch.trace().stride});
        }
        for (std::size_t merge = 0; merge < merges; ++merge, sum -= stride) {
            T* waiting = sum - stride + begin;
            std::transform(waiting, waiting + size, sum + begin, waiting, std::plus());
        }
        sum += stride;
    }
}

template <class T>
void sum_gradients(const FastWeights<T>& weights, const FastBatch<T>& batch, const Part& part,
                   T* sums, std::size_t stride) {
    each_gradient(weights, batch, part, [&](const auto& gradient, const PanelMatrix& matrix) {
        weights.kernels().sum_gradient(
            {.gradient = gradient, .sums = sums + matrix.begin, .stride = stride});
    });
    sum_embeddings(weights, batch, part, sums + weights.layout().table.begin, stride);
}

template void sum_embeddings(const FastWeights<float>&, const FastBatch<float>&, const Part&,
                             float*, std::size_t);
template void sum_embeddings(const FastWeights<double>&, const FastBatch<double>&, const Part&,
                             double*, std::size_t);
template void sum_gradients(const FastWeights<float>&, const FastBatch<float>&, const Part&, float*,
                            std::size_t);
template void sum_gradients(const FastWeights<double>&, const FastBatch<double>&, const Part&,
                            double*, std::size_t);

}  // namespace microgpt
