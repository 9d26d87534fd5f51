// FlatGpt: the model on plain arrays, and its way back, found by hand.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "microgpt/engines/gpt_matrices.hpp"
#include "microgpt/engines/tape/arena.hpp"
#include "microgpt/engines/tape/kernels.hpp"

namespace microgpt {

// This is the model again because it has to be: with no tape, the way back is a second program, and
// the rung shows what it gains.

/// A row of numbers for each token that is read, and as many slopes.
struct Rows {
    double* data;
    double* gradient;
    Index columns;

    /// Where the numbers of row i begin.
    double* row(std::size_t i) const { return data + i * columns; }
    /// Row i; without slopes if there are none.
    Numbers operator[](std::size_t i) const {
        return {row(i), gradient == nullptr ? nullptr : gradient + i * columns};
    }
};

/// What a block made of each token, kept for the way back.
struct FlatBlock {
    Rows x, x_scale, x_normed;
    Rows query, keys, values;
    Rows attention_weights;  // one a head and position looked at
    Rows attention;          // its output
    Rows middle, middle_scale, middle_normed;
    Rows features, fired;
};

/// A token to read, and how many come before it.
struct Reading {
    Index token;
    Index position;
};

/// Reads many tokens at once: each matrix is fetched once for all of them.
class FlatGpt {
  public:
    /// Fills a block's attention, and its weights, from its queries, keys and values.
    using Attend = std::function<void(Index layer, const FlatBlock& block)>;

    /// A model of these sizes, for parameters that use() brings.
    explicit FlatGpt(const GptConfig& config);

    /// Where the parameters are, as GptWeights::read().
    void use(const double* parameters, double* gradients) { weights_.read(parameters, gradients); }
    /// The logits of what comes after each token, until the next forward(). `readings` have to stay
    /// until backward(). Throws NumberError as the kernels do.
    Rows forward(std::span<const Reading> readings, const Attend& attend);
    /// From the slopes along the logits, which the caller has filled in, to those along the
    /// parameters, if each token was read after those before it: forward() with `attention`.
    void backward();

    /// Attention of each row to those before it, and to itself.
    void attention(const FlatBlock& block) const;

    /// How it cuts n_embd.
    Heads heads() const { return heads_; }
    /// The memory that the last reading takes.
    std::size_t bytes() const { return arena_.bytes(); }

  private:
    std::size_t size(Rows x) const { return std::size_t{n_} * x.columns; }
    Rows take(Index columns);
    Rows linear(Rows x, const Weights& w);
    void linear_backward(Weights& w, Rows x, const double* dy);
    Rows rmsnorm(Rows x, Rows& scale);
    void rmsnorm_backward(Rows x, Rows scale, Rows y) const;
    Rows relu(Rows x);
    Rows forward(Index layer, Rows x, const Attend& attend);
    void backward(Index layer, const double* slope);
    void attention_backward(const FlatBlock& block) const;

    Index n_embd_;
    Heads heads_;
    GptWeights weights_;
    GptMatrices<Weights*> matrices_;  // those, by their names
    Arena arena_;
    std::span<const Reading> readings_;
    Index n_ = 0;               // how many tokens are read
    Index most_positions_ = 0;  // that one of them looks at
    Rows embedded_{}, embedded_scale_{}, last_{}, logits_{};
    std::vector<FlatBlock> blocks_;
    std::vector<OuterProduct> outer_products_;  // of one matrix
};

}  // namespace microgpt
