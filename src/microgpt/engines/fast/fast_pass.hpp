// The fast engine's pass: some rows of a trace through the model, and back.
#pragma once

#include <functional>

#include "microgpt/engines/fast/fast_trace.hpp"

namespace microgpt {

// This is the model for the fifth time: not layer by layer for one position, but as few and as
// large products as there can be, which is what the top rung is about.

/// Rows first … first + rows - 1 of a trace. Attention, which alone looks at other rows, is left to
/// the caller, who is called with the number of each block.
template <class T>
class FastPass {
  public:
    using Attend = std::function<void(std::size_t block)>;

    FastPass(const FastWeights<T>& weights, const FastTrace<T>& trace, std::size_t first,
             std::size_t rows)
        : weights_(weights), trace_(trace), first_(first), rows_(rows) {}

    /// Tokens at first_position and after it, from row `row` of the trace on.
    void embed(std::size_t row, std::span<const Index> tokens, std::size_t first_position) const;
    /// From what is embedded to the first block's queries, keys and values.
    void begin() const;
    /// From those to logits.
    void forward(const Attend& attend) const;
    /// From the logits' slopes to those along what was embedded.
    void backward(const Attend& attend_backward) const;

    /// The attention of `queries` rows from `row` on, in a block, the first of which sees `keys`
    /// keys: those that stand in the trace from that row on, until told of others.
    simd::Attention<T> attention(std::size_t block, std::size_t row, std::size_t queries,
                                 std::size_t keys) const;

  private:
    T* at(T* matrix) const { return matrix + first_ * weights_.sizes().lanes; }
    void matmul(const T* b, std::size_t depth, std::size_t columns, T* x, T* y,
                simd::Epilogue epilogue, T* other) const;
    void linear(const PanelMatrix& w, T* x, T* y, simd::Epilogue epilogue = simd::Epilogue::none,
                T* other = nullptr) const;
    void linear_backward(const PanelMatrix& w, T* dy, T* dx,
                         simd::Epilogue epilogue = simd::Epilogue::none, T* other = nullptr) const;
    void query(std::size_t block) const;
    void rmsnorm(T* x, T* scale, T* y) const;
    void rmsnorm_backward(T* x, T* scale, T* dy, T* residual, T* dx) const;

    const FastWeights<T>& weights_;
    const FastTrace<T>& trace_;
    std::size_t first_;
    std::size_t rows_;
};

}  // namespace microgpt
