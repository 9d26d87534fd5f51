// The tape engine: a document is recorded, and walked back.
#include "microgpt/engines/tape/tape_engine.hpp"

namespace microgpt {

namespace {

GptOf<ArrayMatrix> gpt_on(ArrayTape& tape, const GptConfig& config, GptWeights& weights) {
    auto next = weights.matrices().begin();
    return {config, [&](const Shape&) { return ArrayMatrix{&tape, &*next++}; }};
}

/// Records what it reads on a tape of its own, which nobody walks back.
class TapeReader final : public Reader {
  public:
    TapeReader(const GptConfig& config, const double* weights, std::size_t documents)
        : weights_(config), reader_(gpt_on(tape_, config, weights_), documents) {
        weights_.read(weights, nullptr);
    }
    std::span<const double> read(std::span<const Index> tokens) override {
        return reader_.read(tokens);
    }
    void restart(std::size_t document) override { reader_.restart(document); }

  private:
    GptWeights weights_;
    ArrayTape tape_;
    ReaderOf<ArrayMatrix> reader_;
};

}  // namespace

TapeEngine::TapeEngine(const GptConfig& config, const Draw& draw, double learning_rate)
    : ArrayEngine(config, draw, learning_rate),
      weights_(config),
      gpt_(gpt_on(tape_, config, weights_)),
      context_(gpt_.empty_context()) {}

double TapeEngine::differentiate(const std::vector<Index>& tokens, double weight,
                                 std::span<double> gradients) {
    weights_.read(weights(), gradients.data());
    tape_.clear();
    for (auto& [keys, values] : context_) {
        keys.clear();
        values.clear();
    }
    const Array loss = gpt_.loss(tokens, context_);
    tape_.backward(loss, weight);
    for (const Weights& w : weights_.matrices()) add_products(w);
    return *loss.data;
}

std::unique_ptr<Reader> TapeEngine::reader(std::size_t documents) {
    return std::make_unique<TapeReader>(config(), weights(), documents);
}

}  // namespace microgpt
