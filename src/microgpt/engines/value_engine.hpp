// The value engine: chapters 1 to 6, as an engine.
#pragma once

#include "microgpt/engines/engine.hpp"

namespace microgpt {

/// A Gpt of Values on the current Tape, which must outlive it.
class ValueEngine final : public Engine {
  public:
    /// Draws every weight, in the order of shapes().
    ValueEngine(const GptConfig& config, const Draw& draw, double learning_rate)
        : gpt_(config, draw), adam_(gpt_.parameters(), {.learning_rate = learning_rate}) {}

    const GptConfig& config() const override { return gpt_.config(); }
    double step(std::span<const std::vector<Index>> documents, double decay) override;
    std::unique_ptr<Reader> reader(std::size_t documents) override;
    StepMemory step_memory() const override { return memory_; }
    std::vector<double> parameters() const override;
    Adam::State adam() const override { return adam_.state(); }
    void restore(const std::vector<double>& parameters, const Adam::State& adam) override;
    void rearrange(const std::vector<Index>& order) override { adam_.rearrange(order); }

  private:
    Gpt gpt_;
    Adam adam_;
    StepMemory memory_ = {};
};

/// How many numbers reading `positions` tokens and the loss record on the Tape, at the most.
double numbers_of_a_step(const GptConfig& config, Index positions);

/// Value engines on the current Tape.
EngineKind value_kind();

}  // namespace microgpt
