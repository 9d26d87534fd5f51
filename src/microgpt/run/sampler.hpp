// The sampler: a trained model, left to itself.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "microgpt/engines/engine.hpp"

namespace microgpt {

/// Draws an index, with chances in proportion to the weights.
using Choose = std::function<std::size_t(std::span<const double> weights)>;

/// One document, drawn token by token after BOS and `prompt`, which it starts with. It ends where
/// BOS is drawn, or when block_size tokens have been read. The lower the temperature, the surer
/// the choice: at 1 as the model has learned, near 0 the likeliest token, and that one at 0.
/// Throws std::invalid_argument for a prompt with unknown tokens, or longer than block_size - 1.
std::vector<Index> sample(Engine& engine, const Choose& choose, double temperature,
                          const std::vector<Index>& prompt = {});

/// `count` such documents, of which so many are read side by side. The draws go round among them, a
/// token for each in turn; one by one, as by the function above, if `side_by_side` is 1.
std::vector<std::vector<Index>> sample(Engine& engine, const Choose& choose, double temperature,
                                       const std::vector<Index>& prompt, std::size_t count,
                                       std::size_t side_by_side);

}  // namespace microgpt
