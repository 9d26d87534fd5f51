// The tape engine: a tape of whole vector operations.
#pragma once

#include "microgpt/engines/array_engine.hpp"
#include "microgpt/engines/gpt_of.hpp"
#include "microgpt/engines/tape/array_tape.hpp"

namespace microgpt {

/// The model on an ArrayTape: a node, and its overhead, for a vector, where the value engine has
/// one for a number.
class TapeEngine final : public ArrayEngine {
  public:
    /// Draws every weight, in the order of shapes().
    TapeEngine(const GptConfig& config, const Draw& draw, double learning_rate);

    std::unique_ptr<Reader> reader(std::size_t documents) override;
    Footprint footprint() const override { return {tape_.nodes(), tape_.bytes()}; }

  protected:
    double differentiate(const std::vector<Index>& tokens, double weight,
                         std::span<double> gradients) override;

  private:
    GptWeights weights_;
    ArrayTape tape_;
    GptOf<ArrayMatrix> gpt_;
    GptOf<ArrayMatrix>::Context context_;
};

}  // namespace microgpt
