// The fast engine's weights: in panels, as its kernels want them.
#pragma once

#include <memory>
#include <new>
#include <vector>

#include "microgpt/engines/fast/simd.hpp"
#include "microgpt/model/gpt.hpp"
#include "microgpt/training/adam.hpp"

namespace microgpt {

/// Zeros at first, at an address that suits every vector.
template <class T>
class Buffer {
  public:
    explicit Buffer(std::size_t size);
    /// The first number, and how many there are.
    T* data() const { return numbers_.get(); }
    std::size_t size() const { return size_; }

  private:
    static constexpr std::align_val_t alignment{128};  // two cache lines, and any vector
    struct Free {
        void operator()(T* numbers) const { ::operator delete(numbers, alignment); }
    };
    std::unique_ptr<T[], Free> numbers_;
    std::size_t size_;
};

/// A model's sizes, filled up to whole panels. A head is filled up to a power of two, or to whole
/// panels if it is wider than one: then its lanes can be added up without looking at others.
struct PanelSizes {
    PanelSizes(const GptConfig& config, std::size_t lanes);

    std::size_t lanes;
    std::size_t vocab, n_embd, features;  // features: 4 n_embd
    std::size_t head_dim, head_width;     // as it is, and filled up
    std::size_t heads;                    // of all heads together, filled up

    /// How many numbers attention's weights take for one query, of one layer.
    std::size_t weights_of_query(std::size_t keys) const;
};

/// One of the matrices: its size, filled up, and where it begins among the others' numbers.
struct PanelMatrix {
    std::size_t rows = 0, columns = 0, begin = 0;

    /// Where a number of it stands, in panels of so many lanes.
    std::size_t place(std::size_t row, std::size_t column, std::size_t lanes) const {
        return begin + (column / lanes * rows + row) * lanes + column % lanes;
    }
};

/// The matrices of a block. Queries, keys and values are one matrix, as they read the same.
struct PanelBlock {
    PanelMatrix qkv, wo, fc1, fc2;
};

/// Where every matrix is: those that are multiplied with, and after them the embeddings, tokens
/// above positions, as one table.
struct PanelLayout {
    PanelLayout(const GptConfig& config, const PanelSizes& sizes);

    std::vector<PanelBlock> blocks;
    PanelMatrix head, table;
};

/// Every weight, with Adam's memory of it.
template <class T>
class FastWeights {
  public:
    /// Draws every weight, in the order of shapes().
    FastWeights(const GptConfig& config, const Draw& draw);

    /// The model's sizes, the kernels for it, its sizes in panels, and where each matrix is.
    const GptConfig& config() const { return config_; }
    const simd::Kernels<T>& kernels() const { return kernels_; }
    const PanelSizes& sizes() const { return sizes_; }
    const PanelLayout& layout() const { return layout_; }

    /// A matrix; its transpose, but for the table, which has none; and Adam's two means.
    T* w(const PanelMatrix& matrix) { return w_.data() + matrix.begin; }
    const T* w(const PanelMatrix& matrix) const { return w_.data() + matrix.begin; }
    T* transposed(const PanelMatrix& matrix) { return transposed_.data() + matrix.begin; }
    const T* transposed(const PanelMatrix& matrix) const {
        return transposed_.data() + matrix.begin;
    }
    T* m(const PanelMatrix& matrix) { return m_.data() + matrix.begin; }
    T* v(const PanelMatrix& matrix) { return v_.data() + matrix.begin; }

    /// Every parameter, in the order of shapes().
    std::vector<double> parameters() const { return numbers(w_); }
    /// Adam's means, without the number of steps.
    Adam::State adam() const { return {0, numbers(m_), numbers(v_)}; }
    /// Takes numbers in the order of shapes(), count_parameters() of each.
    void restore(const std::vector<double>& parameters, const Adam::State& adam);

  private:
    template <class Visit>
    void each_place(Visit visit) const;
    std::vector<double> numbers(const Buffer<T>& buffer) const;
    void put(const std::vector<double>& numbers, const Buffer<T>& buffer);
    void transpose(const PanelMatrix& matrix);
    void transpose_all();

    GptConfig config_;
    const simd::Kernels<T>& kernels_;
    PanelSizes sizes_;
    PanelLayout layout_;
    Buffer<T> w_, transposed_, m_, v_;
};

}  // namespace microgpt
