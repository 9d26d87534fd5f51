// The fast engine's weights: where each parameter stands in panels.
#include "microgpt/engines/fast/fast_weights.hpp"

#include <algorithm>
#include <utility>

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

template <class T>
FastWeights<T>::FastWeights(const GptConfig& config, const Draw& draw)
    : config_(config),
      kernels_(simd::kernels<T>()),
      sizes_(config, kernels_.lanes),
      layout_(config, sizes_),
      w_(layout_.table.begin + layout_.table.rows * layout_.table.columns),
      transposed_(layout_.table.begin),
      m_(w_.size()),
      v_(w_.size()) {
    each_place([&](std::size_t place) { w_.data()[place] = static_cast<T>(draw()); });
    transpose_all();
}

// ---- Which parameter stands where

/// Visits the parameters in the order of shapes().
template <class T>
template <class Visit>
void FastWeights<T>::each_place(Visit visit) const {
    const std::size_t n = config_.n_embd;
    const auto as_it_is = [](std::size_t i) { return i; };
    const auto by_heads = [&](std::size_t i) {
        return i / sizes_.head_dim * sizes_.head_width + i % sizes_.head_dim;
    };
    const auto all = [&](const PanelMatrix& matrix, std::size_t first_row, std::size_t rows,
                         std::size_t columns, auto row_of, auto column_of) {
        for (std::size_t row = 0; row < rows; ++row) {
            for (std::size_t column = 0; column < columns; ++column) {
                visit(matrix.place(first_row + row_of(row), column_of(column), sizes_.lanes));
            }
        }
    };
    all(layout_.table, 0, config_.vocab_size, n, as_it_is, as_it_is);
    all(layout_.table, config_.vocab_size, config_.block_size, n, as_it_is, as_it_is);
    all(layout_.head, 0, config_.vocab_size, n, as_it_is, as_it_is);
    for (const PanelBlock& block : layout_.blocks) {
        for (std::size_t i = 0; i < 3; ++i) {
            all(block.qkv, i * sizes_.heads, n, n, by_heads, as_it_is);
        }
        all(block.wo, 0, n, n, as_it_is, by_heads);
        all(block.fc1, 0, 4 * n, n, as_it_is, as_it_is);
        all(block.fc2, 0, n, 4 * n, as_it_is, as_it_is);
    }
}

template <class T>
std::vector<double> FastWeights<T>::numbers(const Buffer<T>& buffer) const {
    std::vector<double> all;
    all.reserve(parameter_count(config_));
    each_place([&](std::size_t place) { all.push_back(buffer.data()[place]); });
    return all;
}

template <class T>
void FastWeights<T>::put(const std::vector<double>& numbers, const Buffer<T>& buffer) {
    auto number = numbers.begin();
    each_place([&](std::size_t place) { buffer.data()[place] = static_cast<T>(*number++); });
}

template <class T>
void FastWeights<T>::restore(const std::vector<double>& parameters, const Adam::State& adam) {
    put(parameters, w_);
    put(adam.m, m_);
    put(adam.v, v_);
    transpose_all();
}

// ---- The second copy: for products with W as it is, and with its transpose

template <class T>
void FastWeights<T>::transpose(const PanelMatrix& matrix) {
    const PanelMatrix other = {matrix.columns, matrix.rows, matrix.begin};
    for (std::size_t row = 0; row < matrix.rows; ++row) {
        for (std::size_t column = 0; column < matrix.columns; ++column) {
            transposed_.data()[other.place(column, row, sizes_.lanes)] =
                w_.data()[matrix.place(row, column, sizes_.lanes)];
        }
    }
}

template <class T>
void FastWeights<T>::transpose_all() {
    for (const PanelBlock& block : layout_.blocks) {
        for (const PanelMatrix& matrix : {block.qkv, block.wo, block.fc1, block.fc2}) {
            transpose(matrix);
        }
    }
    transpose(layout_.head);
}

template class Buffer<float>;
template class Buffer<double>;
template class FastWeights<float>;
template class FastWeights<double>;

}  // namespace microgpt
