// The trainer: the loss of a document, and its gradients.
#include "microgpt/trainer.hpp"

#include <algorithm>
#include <stdexcept>

namespace microgpt {

Value document_loss(const Gpt& gpt, const std::vector<Index>& tokens) {
    if (tokens.size() < 2) throw std::invalid_argument("a document has two tokens at the least");
    const std::size_t n = std::min<std::size_t>(gpt.config().block_size, tokens.size() - 1);
    Gpt::Context context = gpt.empty_context();
    return mean_loss(
        n, [&](std::size_t i) { return cross_entropy(gpt(tokens[i], context), tokens[i + 1]); });
}

Differentiated differentiate(const Gpt& gpt, const std::vector<Index>& tokens) {
    return differentiate([&] { return document_loss(gpt, tokens); });
}

}  // namespace microgpt
