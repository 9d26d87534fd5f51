// The first layer's beginnings, kept by token and position.
#include "microgpt/engines/fast/first_layer.hpp"

#include <algorithm>

namespace microgpt {

template <class T>
FirstLayer<T>::FirstLayer(const FastWeights<T>& weights)
    : weights_(weights),
      size_(weights.sizes().n_embd + 3 * weights.sizes().heads + weights.sizes().lanes),
      all_(std::size_t{weights.config().vocab_size} * weights.config().block_size),
      kept_(0) {}

template <class T>
void FirstLayer<T>::begin(const FastTrace<T>& trace, std::span<const Index> tokens,
                          std::span<const std::size_t> positions) {
    const bool fits = all_ <= most_bytes / sizeof(T) / size_;
    if (fits && is_kept_.empty() && read_ > all_) {
        is_kept_.resize(all_);
        kept_ = Buffer<T>(all_ * size_);
    }
    if (is_kept_.empty()) {
        read_ += tokens.size();
        return compute(trace, 0, tokens, positions);
    }
    for (std::size_t row = 0; row < tokens.size(); ++row) {
        compute_or_recall(trace, row, tokens[row], positions[row]);
    }
}

template <class T>
void FirstLayer<T>::compute(const FastTrace<T>& trace, std::size_t first,
                            std::span<const Index> tokens,
                            std::span<const std::size_t> positions) const {
    const FastPass<T> pass(weights_, trace, first, tokens.size());
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        pass.embed(first + i, tokens.subspan(i, 1), positions[i]);
    }
    pass.begin();
}

template <class T>
void FirstLayer<T>::compute_or_recall(const FastTrace<T>& trace, std::size_t row,
                                      const Index& token, const std::size_t& position) {
    const std::size_t number = token * weights_.config().block_size + position;
    T* kept = kept_.data() + number * size_;
    if (is_kept_[number]) {
        each_part(trace, row, [&](T* to, std::size_t count) {
            std::copy_n(kept, count, to);
            kept += count;
        });
        return;
    }
    compute(trace, row, {&token, 1}, {&position, 1});
    each_part(trace, row,
              [&](const T* from, std::size_t count) { kept = std::copy_n(from, count, kept); });
    is_kept_[number] = true;
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

template class FirstLayer<float>;
template class FirstLayer<double>;

}  // namespace microgpt
