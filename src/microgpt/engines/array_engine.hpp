// ArrayEngine: what engines share whose parameters are plain numbers.
#pragma once

#include "microgpt/engines/engine.hpp"

namespace microgpt {

/// How many bytes an engine takes that reads a document at a time, at the most. For each parameter
/// it has five numbers, its transpose among them; two for each number that Values would record;
/// and, on a tape, at each position twelve nodes for a block and four for the rest.
double array_bytes_needed(const TrainingConfig& training);

/// Parameters and Adam's memory, side by side in plain arrays. What is left to each engine is how
/// it finds the gradients, and how it reads.
class ArrayEngine : public Engine {
  public:
    const GptConfig& config() const final { return config_; }
    double step(std::span<const std::vector<Index>> documents, double decay) final;
    std::vector<double> parameters() const final { return parameters_; }
    Adam::State adam() const final { return adam_; }
    void restore(const std::vector<double>& parameters, const Adam::State& adam) final;
    void rearrange(const std::vector<Index>& order) final;

  protected:
    /// Draws every weight, in the order of shapes(). Throws std::invalid_argument for sizes that
    /// do not fit together.
    ArrayEngine(const GptConfig& config, const Draw& draw, double learning_rate);

    /// The loss of one document. Adds `weight` times its slope along each parameter to `gradients`.
    virtual double differentiate(const std::vector<Index>& tokens, double weight,
                                 std::span<double> gradients) = 0;

    /// Every parameter, at an address that stays.
    const double* weights() const { return parameters_.data(); }

  private:
    GptConfig config_;
    Adam::Config rates_;
    std::vector<double> parameters_;
    std::vector<double> gradients_;
    Adam::State adam_;
};

}  // namespace microgpt
