// The fast engine's weights: where each parameter stands in panels.
#include "microgpt/engines/fast/fast_weights.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace microgpt {

template <class T>
FastWeights<T>::FastWeights(const GptConfig& config, const Draw& draw, const Part& moments)
    : config_(config),
      kernels_(simd::kernels<T>()),
      sizes_(config, kernels_.lanes),
      layout_(config, sizes_),
      w_(layout_.table.begin + layout_.table.rows * layout_.table.columns),
      transposed_(layout_.table.begin),
      first_(share(moments).first),
      m_(share(moments).second - first_),
      v_(m_.size()) {
    each_place([&](std::size_t place) { w_.data()[place] = static_cast<T>(draw()); });
    transpose({});
}

// ---- Parts

/// Where a part begins. Adam takes two neighbouring vectors at a time, in a matrix that is
/// multiplied with from its beginning on, in the table from each panel's.
template <class T>
std::size_t FastWeights<T>::cut(std::size_t part, std::size_t parts) const {
    const PanelMatrix& table = layout_.table;
    const std::size_t at = w_.size() / sizes_.lanes * part / parts;
    const std::size_t matrices = table.begin / sizes_.lanes;
    const std::size_t odd = at < matrices ? at % 2 : (at - matrices) % table.rows % 2;
    return (at - odd) * sizes_.lanes;
}

template <class T>
std::pair<std::size_t, std::size_t> FastWeights<T>::share(const Part& part) const {
    return {cut(part.part, part.parts), cut(part.part + 1, part.parts)};
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

/// Those from number `first` on that there is room for.
template <class T>
void FastWeights<T>::put(const std::vector<double>& numbers, const Buffer<T>& buffer,
                         std::size_t first) {
    auto number = numbers.begin();
    each_place([&](std::size_t place) {
        if (place - first < buffer.size()) buffer.data()[place - first] = static_cast<T>(*number);
        ++number;
    });
}

template <class T>
void FastWeights<T>::restore(const std::vector<double>& parameters, const Adam::State& adam) {
    const std::size_t count = parameter_count(config_);
    for (const std::vector<double>* numbers : {&parameters, &adam.m, &adam.v}) {
        if (numbers->size() != count) {
            throw std::invalid_argument("the parameters are of another model");
        }
    }
    for (const std::vector<double>* numbers : {&parameters, &adam.m, &adam.v}) {
        const auto fits = [](double x) { return std::isfinite(static_cast<T>(x)); };
        if (!std::ranges::all_of(*numbers, fits)) {
            throw std::invalid_argument("a parameter is too large for this dtype");
        }
    }
    put(parameters, w_, 0);
    put(adam.m, m_, first_);
    put(adam.v, v_, first_);
    transpose({});
}

/// The second copy is for products with the transpose; the table is never multiplied with.
template <class T>
void FastWeights<T>::transpose(const Part& part) {
    const auto one = [&](const PanelMatrix& matrix) {
        const auto [first, last] = part.of(matrix.rows / sizes_.lanes);
        kernels_.transpose({.row_panels = matrix.rows / sizes_.lanes,
                            .column_panels = matrix.columns / sizes_.lanes,
                            .first = first,
                            .last = last,
                            .w = w(matrix),
                            .transposed = transposed(matrix)});
    };
    for (const PanelBlock& block : layout_.blocks) {
        for (const PanelMatrix& matrix : {block.qkv, block.wo, block.fc1, block.fc2}) one(matrix);
    }
    one(layout_.head);
}

template class FastWeights<float>;
template class FastWeights<double>;

}  // namespace microgpt
