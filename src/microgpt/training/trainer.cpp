// The trainer: the loss of a document, and its gradients.
#include "microgpt/training/trainer.hpp"

#include "microgpt/training/finite.hpp"

namespace microgpt {

Value document_loss(const Gpt& gpt, const std::vector<Index>& tokens) {
    const std::size_t n = positions_read(gpt.config(), tokens);
    Gpt::Context context = gpt.empty_context();
    return mean_loss(
        n, [&](std::size_t i) { return cross_entropy(gpt(tokens[i], context), tokens[i + 1]); });
}

Differentiated differentiate(const Gpt& gpt, std::span<const std::vector<Index>> documents) {
    Differentiated differentiated = differentiate([&] {
        return mean_loss(documents.size(),
                         [&](std::size_t i) { return document_loss(gpt, documents[i]); });
    });
    require_finite(gpt.config(), differentiated.gradients[gpt.parameters()]);
    return differentiated;
}

}  // namespace microgpt
