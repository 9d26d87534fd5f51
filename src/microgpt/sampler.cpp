// The sampler: read, choose, and read what was chosen.
#include "microgpt/sampler.hpp"

#include <algorithm>
#include <cmath>

namespace microgpt {

namespace {

Index next_token(Vector logits, const Choose& choose, double temperature) {
    const double top = max(logits);
    const bool too_cold = temperature == 0 || !std::isfinite(top / temperature);
    if (too_cold && std::isfinite(top)) {  // only the likeliest is left
        const std::span<const double> all = logits.data();
        return static_cast<Index>(std::ranges::max_element(all) - all.begin());
    }
    return static_cast<Index>(choose(softmax(logits / temperature).data()));
}

}  // namespace

std::vector<Index> sample(const Gpt& gpt, const Choose& choose, double temperature,
                          const std::vector<Index>& prompt) {
    const Tape::Scope scope;
    const Index bos = gpt.config().vocab_size - 1;
    Gpt::Context context = gpt.empty_context();
    std::vector<Index> document = prompt;
    Vector logits = gpt(bos, context);
    for (const Index token : prompt) logits = gpt(token, context);
    while (true) {
        const Index token = next_token(logits, choose, temperature);
        if (token == bos) return document;
        document.push_back(token);
        if (document.size() == gpt.config().block_size) return document;
        logits = gpt(token, context);
    }
}

}  // namespace microgpt
