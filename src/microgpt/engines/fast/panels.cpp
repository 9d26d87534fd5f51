// Panels: their sizes, and where each begins.
#include "microgpt/engines/fast/panels.hpp"

#include <algorithm>
#include <utility>

#include "microgpt/engines/fast/simd_jobs.hpp"

namespace microgpt {

using simd::padded;

template <class T>
Buffer<T>::Buffer(std::size_t size)
    : numbers_(static_cast<T*>(::operator new(size * sizeof(T), alignment))), size_(size) {
    std::fill_n(numbers_.get(), size, T{0});
}

// ---- Sizes

PanelSizes::PanelSizes(const GptConfig& config, std::size_t its_lanes)
    : lanes(its_lanes),
      vocab(padded(config.vocab_size, lanes)),
      n_embd(padded(config.n_embd, lanes)),
      features(padded(4 * std::size_t{config.n_embd}, lanes)),
      head_dim(head_dim_of(config.n_embd, config.n_head)),
      head_width(padded(head_dim, lanes)),
      heads(0) {
    while (head_width / 2 >= head_dim && head_width <= lanes) head_width /= 2;
    heads = padded(config.n_head * head_width, lanes);
}

std::size_t PanelSizes::weights_of_query(std::size_t keys) const {
    const std::size_t keys_in_chunk = std::min(head_width, lanes);
    const std::size_t vectors_of_head = std::max<std::size_t>(head_width / lanes, 1);
    return padded(keys, keys_in_chunk) / keys_in_chunk * heads / vectors_of_head;
}

// ---- Where the matrices are, one after the other

PanelLayout::PanelLayout(const GptConfig& config, const PanelSizes& sizes) {
    std::size_t end = 0;
    const auto next = [&end](std::size_t rows, std::size_t columns) {
        return PanelMatrix{rows, columns, std::exchange(end, end + rows * columns)};
    };
    for (Index i = 0; i < config.n_layer; ++i) {
        blocks.push_back({.qkv = next(3 * sizes.heads, sizes.n_embd),
                          .wo = next(sizes.n_embd, sizes.heads),
                          .fc1 = next(sizes.features, sizes.n_embd),
                          .fc2 = next(sizes.n_embd, sizes.features)});
    }
    head = next(sizes.vocab, sizes.n_embd);
    table = next(std::size_t{config.vocab_size} + config.block_size, sizes.n_embd);
}

template class Buffer<float>;
template class Buffer<double>;

}  // namespace microgpt
