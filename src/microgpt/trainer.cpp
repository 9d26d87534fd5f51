// The trainer's two functions.
#include "microgpt/trainer.hpp"

#include <algorithm>

namespace microgpt {

Value document_loss(const Gpt& gpt, const std::vector<Index>& tokens) {
    const std::size_t n = std::min<std::size_t>(gpt.config().block_size, tokens.size() - 1);
    Gpt::Context context = gpt.start();
    Value total = cross_entropy(gpt(tokens[0], context), tokens[1]);
    for (std::size_t i = 1; i < n; ++i) {
        total = total + cross_entropy(gpt(tokens[i], context), tokens[i + 1]);
    }
    return total / static_cast<double>(n);
}

Differentiated differentiate(const Gpt& gpt, const std::vector<Index>& tokens) {
    return differentiate([&] { return document_loss(gpt, tokens); });
}

}  // namespace microgpt
