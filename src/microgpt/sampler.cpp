// The sampler: read, choose, and read what was chosen.
#include "microgpt/sampler.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace microgpt {

namespace {

Index next_token(std::span<const double> logits, const Choose& choose, double temperature) {
    const double top = std::ranges::max(logits);
    const bool too_cold = temperature == 0 || !std::isfinite(top / temperature);
    if (too_cold && std::isfinite(top)) {  // only the likeliest is left
        return static_cast<Index>(std::ranges::find(logits, top) - logits.begin());
    }
    return static_cast<Index>(choose(shares(logits, temperature)));
}

}  // namespace

std::vector<double> shares(std::span<const double> logits, double temperature) {
    const double top = std::ranges::max(logits) / temperature;
    std::vector<double> weights;
    for (const double logit : logits) weights.push_back(std::exp(logit / temperature - top));
    const double total = std::accumulate(weights.begin() + 1, weights.end(), weights.front());
    if (!std::isfinite(total)) throw NumberError("softmax: a logit is not a finite number");
    for (double& weight : weights) weight /= total;
    return weights;
}

std::vector<Index> sample(Engine& engine, const Choose& choose, double temperature,
                          const std::vector<Index>& prompt) {
    const Index bos = engine.config().vocab_size - 1;
    const std::unique_ptr<Reader> reader = engine.reader(1);
    std::vector<Index> document = prompt;
    std::span<const double> logits = reader->read({&bos, 1});
    for (const Index token : prompt) logits = reader->read({&token, 1});
    while (true) {
        const Index token = next_token(logits, choose, temperature);
        if (token == bos) return document;
        document.push_back(token);
        if (document.size() == engine.config().block_size) return document;
        logits = reader->read({&token, 1});
    }
}

}  // namespace microgpt
