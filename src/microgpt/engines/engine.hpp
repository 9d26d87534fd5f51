// Engine: what a run asks of a model, whatever computes it.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "microgpt/model/gpt.hpp"
#include "microgpt/training/adam.hpp"

namespace microgpt {

/// softmax(logits / temperature), in plain numbers. Throws NumberError if a logit is infinite or no
/// number, and std::invalid_argument unless the temperature is finite and above 0.
std::vector<double> softmax(std::span<const double> logits, double temperature);

/// Throws std::invalid_argument unless the temperature is finite and above 0.
void require_temperature(double temperature);

/// Documents read side by side, each by its own KV cache.
class Reader {
  public:
    virtual ~Reader() = default;
    /// Each document reads a token. Returns the logits of what comes next, vocab_size for each
    /// document, until the next call. Throws std::invalid_argument for more or fewer tokens than
    /// documents, and for one that a document cannot read.
    virtual std::span<const double> read(std::span<const Index> tokens) = 0;
    /// The same, but returns softmax(logits / temperature).
    virtual std::span<const double> read_probabilities(std::span<const Index> tokens,
                                                       double temperature);
    /// Forgets what was read of a document: its next token is the first of another one. Throws
    /// std::out_of_range if there is no such document.
    virtual void restart(std::size_t document) = 0;

  protected:
    /// Throws std::invalid_argument unless there is a token for each document, and a document.
    static void require_tokens(std::span<const Index> tokens, std::size_t documents);

  private:
    std::vector<double> probabilities_;
};

/// What an engine records in a step, to find gradients.
struct StepMemory {
    std::size_t nodes;  // operations recorded: 0 where the way back is known beforehand
    std::size_t bytes;  // of these, and of the numbers on the way with their slopes
};

/// A model and its optimizer. Parameters are in the order of shapes(), each matrix row by row.
class Engine {
  public:
    virtual ~Engine() = default;

    /// The sizes of its model.
    virtual const GptConfig& config() const = 0;
    /// One step of Adam down the mean gradient of some documents, each as from
    /// Tokenizer::encode(). `decay` scales the learning rate. Returns their mean loss in nats.
    /// Throws NumberError, and changes nothing, where that or a gradient is not a finite number;
    /// std::invalid_argument for no documents, or one that cannot be read.
    virtual double step(std::span<const std::vector<Index>> documents, double decay) = 0;
    /// Begins to read so many documents. The engine has to outlive the reader, whose work a step or
    /// another change of the parameters ends.
    virtual std::unique_ptr<Reader> reader(std::size_t documents) = 0;

    /// What the last step has recorded; the last document of it, where they go one by one. Without
    /// parameters, and what Adam remembers of them.
    virtual StepMemory step_memory() const = 0;

    /// Every parameter, as it is now.
    virtual std::vector<double> parameters() const = 0;
    /// What Adam remembers now: no later step changes what was returned.
    virtual Adam::State adam() const = 0;
    /// Goes on from there. Throws std::invalid_argument for what is of another model.
    virtual void restore(const std::vector<double>& parameters, const Adam::State& adam) = 0;
    /// Moves parameters, with what Adam remembers of them, as rearranged().
    virtual void rearrange(const std::vector<Index>& order) = 0;
};

/// What an engine is to train: a model of these sizes, on `batch` documents a step, each read at
/// `longest` positions at the most.
struct TrainingConfig {
    GptConfig config;
    double learning_rate = 0.01;
    Index longest = 0;
    Index batch = 1;
};

/// A kind of engine, and what it takes to have one.
struct EngineKind {
    /// How many bytes it needs for that, at the most.
    std::function<double(const TrainingConfig&)> bytes_needed;
    /// Makes one, which draws its weights in the order of shapes(). Throws std::invalid_argument
    /// for sizes that make no model.
    std::function<std::unique_ptr<Engine>(const TrainingConfig&, const Draw&)> make;
};

/// An engine of a class that is made of sizes, a Draw and a learning rate: EngineKind::make.
template <class Kind>
std::unique_ptr<Engine> make_engine(const TrainingConfig& training, const Draw& draw) {
    return std::make_unique<Kind>(training.config, draw, training.learning_rate);
}

}  // namespace microgpt
