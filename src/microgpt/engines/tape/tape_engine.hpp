// The tape engine: a tape of whole vector operations.
#pragma once

#include "microgpt/engines/recording_engine.hpp"
#include "microgpt/engines/tape/array_tape.hpp"

namespace microgpt {

/// The matrices, and the tape on which each step records what it does with them.
class TapeRecorder {
  public:
    using Model = BasicGpt<ArrayMatrix>;

    explicit TapeRecorder(const GptConfig& config) : config_(config), weights_(config) {}

    /// As RecordingEngine asks for them.
    Model model();
    void begin(const double* parameters, double* gradients);
    double backward(const Array& loss, double weight);
    void keep(std::vector<BasicGpt<ArrayMatrix>::Context>& contexts);
    StepMemory memory() const { return {tape_.nodes(), tape_.bytes()}; }

  private:
    GptConfig config_;
    GptWeights weights_;
    ArrayTape tape_;
    std::vector<double> kept_;  // keys and values: (documents, n_layer, block_size, 2, n_embd)
};

/// The model on an ArrayTape: a node, and its overhead, for a vector, where the value engine has
/// one for a number.
using TapeEngine = RecordingEngine<TapeRecorder>;

/// Tape engines.
EngineKind tape_kind();

}  // namespace microgpt
