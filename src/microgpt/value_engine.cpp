// The value engine: training by the trainer, reading in a Scope.
#include "microgpt/value_engine.hpp"

#include <algorithm>
#include <stdexcept>

#include "microgpt/trainer.hpp"

namespace microgpt {

namespace {

constexpr std::size_t bytes_a_number = 40 + 8;  // on the Tape, and in its Gradients

/// What it has read stays on the Tape until it is gone.
class ValueReader final : public Reader {
  public:
    ValueReader(const Gpt& gpt, std::size_t documents)
        : gpt_(gpt), contexts_(documents, gpt.empty_context()) {}

    std::span<const double> read(std::span<const Index> tokens) override {
        logits_.clear();
        for (std::size_t i = 0; i < contexts_.size(); ++i) {
            const std::span<const double> next = gpt_(tokens[i], contexts_[i]).data();
            logits_.insert(logits_.end(), next.begin(), next.end());
        }
        return logits_;
    }

  private:
    const Gpt& gpt_;
    Tape::Scope scope_;
    std::vector<Gpt::Context> contexts_;
    std::vector<double> logits_;
};

}  // namespace

double ValueEngine::step(std::span<const std::vector<Index>> documents, double decay) {
    const auto [loss, gradients] = differentiate(gpt_, documents);
    adam_.step(gradients, decay);
    const std::size_t recorded = gradients.size() - Tape::current().size();
    footprint_ = {recorded, recorded * bytes_a_number};
    return loss;
}

std::unique_ptr<Reader> ValueEngine::reader(std::size_t documents) {
    return std::make_unique<ValueReader>(gpt_, documents);
}

std::vector<double> ValueEngine::parameters() const {
    const std::span<const double> parameters = gpt_.parameters().data();
    return {parameters.begin(), parameters.end()};
}

void ValueEngine::restore(const std::vector<double>& parameters, const Adam::State& adam) {
    if (parameters.size() != gpt_.parameters().size()) {
        throw std::invalid_argument("the parameters are of another model");
    }
    adam_.restore(adam);
    std::ranges::copy(parameters, Tape::current().parameters(gpt_.parameters()).begin());
}

}  // namespace microgpt
