// The trainer: the loss of a document, and its gradients.
#include "microgpt/training/trainer.hpp"

#include <algorithm>
#include <cmath>
#include <string>

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

void require_finite(const GptConfig& config, std::span<const double> gradients) {
    const auto is_bad = [](double g) { return !std::isfinite(g * g); };
    const auto bad = std::ranges::find_if(gradients, is_bad);
    if (bad == gradients.end()) return;
    const auto i = static_cast<std::size_t>(bad - gradients.begin());
    throw NumberError("the gradient at " + parameter_name(config, i) + " is " +
                      std::to_string(*bad));
}

}  // namespace microgpt
