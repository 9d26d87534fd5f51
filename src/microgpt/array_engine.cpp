// ArrayEngine: a step, and what is done to parameters from outside.
#include "microgpt/array_engine.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "microgpt/trainer.hpp"

namespace microgpt {

ArrayEngine::ArrayEngine(const GptConfig& config, const Draw& draw, double learning_rate)
    : config_(config), rates_{.learning_rate = learning_rate} {
    require_sizes(config);
    const auto count = static_cast<std::size_t>(count_parameters(config));
    parameters_.resize(count);
    std::ranges::generate(parameters_, draw);
    gradients_.resize(count);
    adam_ = {0, std::vector<double>(count), std::vector<double>(count)};
}

double ArrayEngine::step(std::span<const std::vector<Index>> documents, double decay) {
    const double weight = 1 / static_cast<double>(documents.size());
    std::ranges::fill(gradients_, 0);
    double loss = 0;
    for (const auto& tokens : documents) loss += differentiate(tokens, weight, gradients_);
    if (!std::isfinite(loss)) throw NumberError("the loss is not a finite number");
    require_finite(config_, gradients_);
    Adam::step(rates_, decay, gradients_, parameters_, adam_);
    return loss * weight;
}

void ArrayEngine::restore(const std::vector<double>& parameters, const Adam::State& adam) {
    const std::size_t count = parameters_.size();
    if (parameters.size() != count || adam.m.size() != count || adam.v.size() != count) {
        throw std::invalid_argument("the parameters are of another model");
    }
    std::ranges::copy(parameters, parameters_.begin());
    adam_ = adam;
}

void ArrayEngine::rearrange(const std::vector<Index>& order) {
    for (std::vector<double>* numbers : {&parameters_, &adam_.m, &adam_.v}) {
        const std::vector<double> old = *numbers;
        for (std::size_t i = 0; i < old.size(); ++i) (*numbers)[i] = old[order[i]];
    }
}

}  // namespace microgpt
