// The sampler: a trained model, left to itself.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "microgpt/engine.hpp"

namespace microgpt {

/// Draws an index, with chances in proportion to the weights.
using Choose = std::function<std::size_t(std::span<const double> weights)>;

/// softmax(logits / temperature), in plain numbers. Throws NumberError if a logit is infinite or no
/// number.
std::vector<double> shares(std::span<const double> logits, double temperature);

/// One document, drawn token by token after BOS and `prompt`, which it starts with. It ends where
/// BOS is drawn, or when block_size tokens have been read. The lower the temperature, the surer
/// the choice: at 1 as the model has learned, near 0 the likeliest token, and that one at 0.
/// Throws std::invalid_argument for a prompt with unknown tokens, or longer than block_size - 1.
std::vector<Index> sample(Engine& engine, const Choose& choose, double temperature,
                          const std::vector<Index>& prompt = {});

}  // namespace microgpt
