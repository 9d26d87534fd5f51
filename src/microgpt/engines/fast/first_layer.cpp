// The first layer's beginnings, kept by token and position.
#include "microgpt/engines/fast/first_layer.hpp"

#include <algorithm>

namespace microgpt {

template <class T>
FirstLayer<T>::FirstLayer(const FastWeights<T>& weights)
    : weights_(weights),
      size_(weights.sizes().n_embd + 3 * weights.sizes().heads + weights.sizes().lanes),
      kept_(0) {
    const GptConfig& config = weights.config();
    const std::size_t all = std::size_t{config.vocab_size} * config.block_size;
    if (all > most_bytes / sizeof(T) / size_) return;
    is_kept_.resize(all);
    kept_ = Buffer<T>(all * size_);
}

/// Calls take(numbers, count) for all that stands in a row of the trace.
template <class T>
template <class Take>
void FirstLayer<T>::each_part(const FastTrace<T>& trace, std::size_t row, Take take) const {
    const auto panels = [&](T* matrix, std::size_t columns) {
        const std::size_t lanes = weights_.sizes().lanes;
        for (std::size_t panel = 0; panel < columns / lanes; ++panel) {
            take(matrix + panel * trace.stride + row * lanes, lanes);
        }
    };
    const BlockTrace<T>& block = trace.blocks.front();
    panels(block.x, weights_.sizes().n_embd);
    panels(block.qkv, 3 * weights_.sizes().heads);
    take(trace.scale + row, 1);
    take(block.scale + row, 1);
}

template <class T>
void FirstLayer<T>::begin(const FastTrace<T>& trace, std::span<const Index> tokens,
                          std::span<const std::size_t> positions) {
    if (is_kept_.empty()) {
        const FastPass<T> pass(weights_, trace, 0, tokens.size());
        for (std::size_t row = 0; row < tokens.size(); ++row) {
            embed(pass, row, tokens[row], positions[row]);
        }
        return pass.begin();
    }
    for (std::size_t row = 0; row < tokens.size(); ++row) {
        const std::size_t number = tokens[row] * weights_.config().block_size + positions[row];
        T* kept = kept_.data() + number * size_;
        const auto recall = [&](T* to, std::size_t count) {
            std::copy_n(kept, count, to);
            kept += count;
        };
        const auto keep = [&](const T* from, std::size_t count) {
            kept = std::copy_n(from, count, kept);
        };
        if (is_kept_[number]) {
            each_part(trace, row, recall);
            continue;
        }
        const FastPass<T> pass(weights_, trace, row, 1);
        embed(pass, row, tokens[row], positions[row]);
        pass.begin();
        each_part(trace, row, keep);
        is_kept_[number] = true;
    }
}

template class FirstLayer<float>;
template class FirstLayer<double>;

}  // namespace microgpt
