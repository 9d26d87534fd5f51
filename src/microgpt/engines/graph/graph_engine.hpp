// The graph engine: a graph of shared pointers, as most programs of this kind have it.
#pragma once

#include "microgpt/engines/array_engine.hpp"
#include "microgpt/engines/gpt_of.hpp"
#include "microgpt/engines/graph/number_vector.hpp"

namespace microgpt {

/// The model in Numbers: each step builds a graph node by node, sorts it, and takes it apart.
class GraphEngine final : public ArrayEngine {
  public:
    /// Draws every weight, in the order of shapes().
    GraphEngine(const GptConfig& config, const Draw& draw, double learning_rate);

    std::unique_ptr<Reader> reader(std::size_t documents) override;
    Footprint footprint() const override { return {nodes_, nodes_ * Number::bytes}; }

  protected:
    double differentiate(const std::vector<Index>& tokens, double weight,
                         std::span<double> gradients) override;

  private:
    /// Gives every parameter its number of today.
    void reset();

    std::vector<Number> parameters_;
    GptOf<NumberMatrix> gpt_;
    std::size_t nodes_ = 0;
};

}  // namespace microgpt
