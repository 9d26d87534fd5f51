// RecordingEngine: what the graph and the tape share, which record a loss and walk it back.
#pragma once

#include "microgpt/engines/array_engine.hpp"
#include "microgpt/engines/basic_gpt.hpp"
#include "microgpt/engines/gpt_reader.hpp"

namespace microgpt {

/// Reads with a Recorder of its own, whose records nobody walks back.
template <class Recorder>
class RecordingReader final : Recorder, public GptReader<typename Recorder::Model> {
    using Base = GptReader<typename Recorder::Model>;

  public:
    RecordingReader(const GptConfig& config, const double* weights, std::size_t documents)
        : Recorder(config), Base(Recorder::model(), documents) {
        Recorder::begin(weights, nullptr);
    }

    std::span<const double> read(std::span<const Index> tokens) override {
        const std::span<const double> logits = Base::read(tokens);
        Recorder::keep(Base::contexts());
        return logits;
    }
};

/// A Recorder makes a Model, a BasicGpt. begin() is told where the parameters are, and where to add
/// the slopes along them, and forgets what was recorded; backward() walks a loss back, of whose
/// slopes it adds `weight` times, and returns its number; memory() is what was recorded for it.
/// keep() forgets what was recorded, but for the keys and values of what has been read.
template <class Recorder>
class RecordingEngine final : public ArrayEngine {
  public:
    /// Draws every weight, in the order of shapes().
    RecordingEngine(const GptConfig& config, const Draw& draw, double learning_rate)
        : ArrayEngine(config, draw, learning_rate),
          recorder_(config),
          model_(recorder_.model()),
          context_(model_.empty_context()) {}

    std::unique_ptr<Reader> reader(std::size_t documents) override {
        return std::make_unique<RecordingReader<Recorder>>(config(), weights(), documents);
    }
    StepMemory step_memory() const override { return recorder_.memory(); }

  protected:
    double differentiate(const std::vector<Index>& tokens, double weight,
                         std::span<double> gradients) override {
        for (auto& [keys, values] : context_) {
            keys.clear();
            values.clear();
        }
        recorder_.begin(weights(), gradients.data());
        return recorder_.backward(model_.loss(tokens, context_), weight);
    }

  private:
    Recorder recorder_;
    typename Recorder::Model model_;
    typename Recorder::Model::Context context_;
};

}  // namespace microgpt
