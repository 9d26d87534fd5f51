// The flat engine: no tape at all.
#pragma once

#include "microgpt/engines/array_engine.hpp"
#include "microgpt/engines/flat/flat_gpt.hpp"

namespace microgpt {

/// The model on plain arrays. The way back is known beforehand, so nothing is recorded, and all
/// tokens of a document go through a matrix together.
class FlatEngine final : public ArrayEngine {
  public:
    /// Draws every weight, in the order of shapes().
    FlatEngine(const GptConfig& config, const Draw& draw, double learning_rate)
        : ArrayEngine(config, draw, learning_rate), gpt_(config) {}

    std::unique_ptr<Reader> reader(std::size_t documents) override;
    StepMemory step_memory() const override { return {0, gpt_.bytes()}; }

  protected:
    double differentiate(const std::vector<Index>& tokens, double weight,
                         std::span<double> gradients) override;

  private:
    FlatGpt gpt_;
    std::vector<Reading> readings_;
};

/// Flat engines.
EngineKind flat_kind();

}  // namespace microgpt
