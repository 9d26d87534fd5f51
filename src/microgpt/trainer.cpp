// The trainer: the loss of a document, and its gradients.
#include "microgpt/trainer.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <stdexcept>

namespace microgpt {

namespace {

std::string text_of(double number) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", number);
    return text;
}

/// A parameter as a message calls it: "wte[3, 0] = 0.08".
std::string parameter(const Gpt& gpt, std::size_t i) {
    const double value = gpt.parameters().data()[i];
    return gpt.parameter_name(static_cast<Index>(i)) + " = " + text_of(value);
}

/// Adam squares what it is given. Throws NumberError, naming a parameter, where it cannot.
void require_finite(const Gpt& gpt, std::span<const double> gradients) {
    const auto bad =
        std::ranges::find_if(gradients, [](double g) { return !std::isfinite(g * g); });
    if (bad == gradients.end()) return;
    const auto i = static_cast<std::size_t>(bad - gradients.begin());
    throw NumberError("the gradient at " + parameter(gpt, i) + " is " + text_of(*bad));
}

}  // namespace

Value document_loss(const Gpt& gpt, const std::vector<Index>& tokens) {
    if (tokens.size() < 2) throw std::invalid_argument("a document has two tokens at the least");
    const std::size_t n = std::min<std::size_t>(gpt.config().block_size, tokens.size() - 1);
    Gpt::Context context = gpt.empty_context();
    return mean_loss(
        n, [&](std::size_t i) { return cross_entropy(gpt(tokens[i], context), tokens[i + 1]); });
}

Differentiated differentiate(const Gpt& gpt, const std::vector<Index>& tokens) {
    Differentiated differentiated = differentiate([&] { return document_loss(gpt, tokens); });
    require_finite(gpt, differentiated.gradients[gpt.parameters()]);
    return differentiated;
}

std::string largest_parameter(const Gpt& gpt) {
    const std::span<const double> p = gpt.parameters().data();
    const auto largest = std::ranges::max_element(p, {}, [](double x) { return std::abs(x); });
    return parameter(gpt, static_cast<std::size_t>(largest - p.begin()));
}

}  // namespace microgpt
