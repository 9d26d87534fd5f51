// Engine: softmax, for readers that have no way of their own to it.
#include "microgpt/engines/engine.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace microgpt {

std::vector<double> softmax(std::span<const double> logits, double temperature) {
    const double top = std::ranges::max(logits) / temperature;
    std::vector<double> weights;
    for (const double logit : logits) weights.push_back(std::exp(logit / temperature - top));
    const double total = std::accumulate(weights.begin() + 1, weights.end(), weights.front());
    if (!std::isfinite(total)) throw NumberError("softmax: a logit is not a finite number");
    for (double& weight : weights) weight /= total;
    return weights;
}

std::span<const double> Reader::read_probabilities(std::span<const Index> tokens,
                                                   double temperature) {
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
