// The fast engine's weights: where each parameter stands in panels.
#include "microgpt/engines/fast/fast_weights.hpp"

#include <algorithm>
#include <new>

namespace microgpt {

using simd::padded;

template <class T>
Buffer<T>::Buffer(std::size_t size)
    : numbers_(hwy::AllocateAligned<T>(std::max<std::size_t>(size, 1))), size_(size) {
    if (numbers_ == nullptr) throw std::bad_alloc();
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

// ---- Making them

template <class T>
FastWeights<T>::FastWeights(const GptConfig& its_config, const Draw& draw)
    : config(its_config),
      sizes(config, kernels.lanes),
      blocks([&] {
          std::vector<PanelBlock> all;
          for (Index i = 0; i < config.n_layer; ++i) {
              const PanelMatrix qkv = next(3 * sizes.heads, sizes.n_embd);
              const PanelMatrix wo = next(sizes.n_embd, sizes.heads);
              const PanelMatrix fc1 = next(sizes.features, sizes.n_embd);
              all.push_back({qkv, wo, fc1, next(sizes.n_embd, sizes.features)});
          }
          return all;
      }()),
      head(next(sizes.vocab, sizes.n_embd)),
      table(next(std::size_t{config.vocab_size} + config.block_size, sizes.n_embd)),
      w(size_),
      transposed(table.begin),
      m(size_),
      v(size_) {
    each_place([&](std::size_t place) { w.data()[place] = static_cast<T>(draw()); });
    transpose_all();
}

template <class T>
PanelMatrix FastWeights<T>::next(std::size_t rows, std::size_t columns) {
    const std::size_t begin = size_;
    size_ += rows * columns;
    return {rows, columns, begin};
}

// ---- Which parameter stands where

template <class T>
std::size_t FastWeights<T>::place(const PanelMatrix& matrix, std::size_t row,
                                  std::size_t column) const {
    const std::size_t lanes = sizes.lanes;
    return matrix.begin + (column / lanes * matrix.rows + row) * lanes + column % lanes;
}

/// Visits the parameters in the order of shapes().
template <class T>
template <class Visit>
void FastWeights<T>::each_place(Visit visit) const {
    const std::size_t n = config.n_embd;
    const auto as_it_is = [](std::size_t i) { return i; };
    const auto by_heads = [&](std::size_t i) {
        return i / sizes.head_dim * sizes.head_width + i % sizes.head_dim;
    };
    const auto all = [&](const PanelMatrix& matrix, std::size_t first_row, std::size_t rows,
                         std::size_t columns, auto row_of, auto column_of) {
        for (std::size_t row = 0; row < rows; ++row) {
            for (std::size_t column = 0; column < columns; ++column) {
                visit(place(matrix, first_row + row_of(row), column_of(column)));
            }
        }
    };
    all(table, 0, config.vocab_size, n, as_it_is, as_it_is);
    all(table, config.vocab_size, config.block_size, n, as_it_is, as_it_is);
    all(head, 0, config.vocab_size, n, as_it_is, as_it_is);
    for (const PanelBlock& block : blocks) {
        for (std::size_t i = 0; i < 3; ++i) {
            all(block.qkv, i * sizes.heads, n, n, by_heads, as_it_is);
        }
        all(block.wo, 0, n, n, as_it_is, by_heads);
        all(block.fc1, 0, 4 * n, n, as_it_is, as_it_is);
        all(block.fc2, 0, n, 4 * n, as_it_is, as_it_is);
    }
}

template <class T>
std::vector<double> FastWeights<T>::numbers(const Buffer<T>& buffer) const {
    std::vector<double> found;
    found.reserve(static_cast<std::size_t>(count_parameters(config)));
    each_place([&](std::size_t place) { found.push_back(buffer.data()[place]); });
    return found;
}

template <class T>
void FastWeights<T>::put(const std::vector<double>& numbers, const Buffer<T>& buffer) {
    auto number = numbers.begin();
    each_place([&](std::size_t place) { buffer.data()[place] = static_cast<T>(*number++); });
}

template <class T>
void FastWeights<T>::restore(const std::vector<double>& parameters, const Adam::State& adam) {
    put(parameters, w);
    put(adam.m, m);
    put(adam.v, v);
    transpose_all();
}

// ---- The second copy: for products with W as it is, and with its transpose

template <class T>
void FastWeights<T>::transpose(const PanelMatrix& matrix) {
    const PanelMatrix other = {matrix.columns, matrix.rows, matrix.begin};
    for (std::size_t row = 0; row < matrix.rows; ++row) {
        for (std::size_t column = 0; column < matrix.columns; ++column) {
            transposed.data()[place(other, column, row)] = w.data()[place(matrix, row, column)];
        }
    }
}

template <class T>
void FastWeights<T>::transpose_all() {
    for (const PanelBlock& block : blocks) {
        for (const PanelMatrix& matrix : {block.qkv, block.wo, block.fc1, block.fc2}) {
            transpose(matrix);
        }
    }
    transpose(head);
}

template class Buffer<float>;
template class Buffer<double>;
template class FastWeights<float>;
template class FastWeights<double>;

}  // namespace microgpt
