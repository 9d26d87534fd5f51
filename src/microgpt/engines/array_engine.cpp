// ArrayEngine: a step, and what is done to parameters from outside.
#include "microgpt/engines/array_engine.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "microgpt/engines/value_engine.hpp"
#include "microgpt/training/finite.hpp"

namespace microgpt {

namespace {

double sum_of_squares(std::span<const double> x) {
    double sums[8] = {};  // side by side: one alone would wait for each addition to end
    std::size_t i = 0;
    for (; i + 8 <= x.size(); i += 8) {
        for (std::size_t j = 0; j < 8; ++j) sums[j] += x[i + j] * x[i + j];
    }
    for (; i < x.size(); ++i) sums[0] += x[i] * x[i];
    return std::accumulate(sums, sums + 8, 0.0);
}

/// Chapter 6's Adam::step() with other divisions. One takes longer than all the rest, so a
/// parameter of the first half and one of the second have one in common: x/a is xb/(ab), and y/b is
/// ya/(ab). The means are spelt out each time: in a function they would keep g++ from using its
/// vectors.
void adam_step(const Adam::Config& config, Adam::Pace pace, std::size_t size, const double* g,
               double* __restrict p, double* __restrict m, double* __restrict v) {
    const auto [learning_rate, beta1, beta2, epsilon] = config;
    const std::size_t half = size / 2;
    for (std::size_t i = 0; i < half; ++i) {
        const std::size_t j = half + i;
        m[i] = beta1 * m[i] + (1 - beta1) * g[i];
        m[j] = beta1 * m[j] + (1 - beta1) * g[j];
        v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
        v[j] = beta2 * v[j] + (1 - beta2) * g[j] * g[j];
        const double a = std::sqrt(v[i]) * pace.root_scale + epsilon;
        const double b = std::sqrt(v[j]) * pace.root_scale + epsilon;
        const double quotient = pace.rate / (a * b);
        p[i] -= quotient * b * m[i];
        p[j] -= quotient * a * m[j];
    }
    for (std::size_t i = 2 * half; i < size; ++i) {  // the last one, if it is left alone
        m[i] = beta1 * m[i] + (1 - beta1) * g[i];
        v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
        p[i] -= pace.rate * m[i] / (std::sqrt(v[i]) * pace.root_scale + epsilon);
    }
}

}  // namespace

double array_bytes_needed(const TrainingConfig& training) {
    const double nodes = (12.0 * training.config.n_layer + 4) * training.longest + 2;
    return 40 * count_parameters(training.config) + 128 * nodes +
           16 * numbers_of_a_step(training.config, training.longest);
}

ArrayEngine::ArrayEngine(const GptConfig& config, const Draw& draw, double learning_rate)
    : config_(config), rates_{.learning_rate = learning_rate} {
    const std::size_t count = parameter_count(config);
    parameters_.resize(count);
    std::ranges::generate(parameters_, draw);
    gradients_.resize(count);
    adam_ = {0, std::vector<double>(count), std::vector<double>(count)};
}

double ArrayEngine::step(std::span<const std::vector<Index>> documents, double decay) {
    if (documents.empty()) throw std::invalid_argument("a step is down one document at the least");
    const double weight = 1 / static_cast<double>(documents.size());
    std::ranges::fill(gradients_, 0);
    double loss = 0;
    for (const auto& tokens : documents) loss += differentiate(tokens, weight, gradients_);
    if (!std::isfinite(loss)) throw NumberError("the loss is not a finite number");
    if (!std::isfinite(sum_of_squares(gradients_))) require_finite(config_, gradients_);
    const Adam::Pace pace = Adam::pace(rates_, ++adam_.steps, decay);
    adam_step(rates_, pace, parameters_.size(), gradients_.data(), parameters_.data(),
              adam_.m.data(), adam_.v.data());
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
        std::ranges::copy(rearranged(*numbers, order), numbers->begin());  // where they are
    }
}

}  // namespace microgpt
