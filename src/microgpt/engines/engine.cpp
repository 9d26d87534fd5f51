// Engine: softmax, for readers that have no way of their own to it.
#include "microgpt/engines/engine.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace microgpt {

std::vector<double> softmax(std::span<const double> logits, double temperature) {
    require_temperature(temperature);
    std::vector<double> weights;
    for (const double logit : logits) weights.push_back(logit / temperature);
    const auto is_finite = [](double logit) { return std::isfinite(logit); };
    if (!std::ranges::all_of(weights, is_finite)) {
        throw NumberError("softmax: a logit is not a finite number");
    }
    const double top = std::ranges::max(weights);
    for (double& weight : weights) weight = std::exp(weight - top);
    const double total = std::accumulate(weights.begin() + 1, weights.end(), weights.front());
    for (double& weight : weights) weight /= total;
    return weights;
}

void require_temperature(double temperature) {
    if (temperature > 0 && std::isfinite(temperature)) return;
    throw std::invalid_argument("a temperature is a finite number above 0");
}

void Reader::require_tokens(std::span<const Index> tokens, std::size_t documents) {
    if (tokens.size() == documents && documents > 0) return;
    throw std::invalid_argument("a reader reads a token of each of its documents");
}

std::span<const double> Reader::read_probabilities(std::span<const Index> tokens,
                                                   double temperature) {
    require_temperature(temperature);
    const std::span<const double> logits = read(tokens);
    const std::size_t vocab_size = logits.size() / tokens.size();
    probabilities_.clear();
    for (std::size_t i = 0; i < logits.size(); i += vocab_size) {
        const std::vector<double> one = softmax(logits.subspan(i, vocab_size), temperature);
        probabilities_.insert(probabilities_.end(), one.begin(), one.end());
    }
    return probabilities_;
}

}  // namespace microgpt
