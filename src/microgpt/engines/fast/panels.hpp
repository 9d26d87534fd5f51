// Panels: how the matrices of a model stand in memory, one after the other.
#pragma once

#include <memory>
#include <new>
#include <vector>

#include "microgpt/model/gpt.hpp"

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

}  // namespace microgpt
