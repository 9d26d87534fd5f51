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

/// The same for a document of that number, so that each may draw from a source of its own.
using ChooseFor = std::function<std::size_t(std::size_t document, std::span<const double> weights)>;

/// What is to be sampled.
struct SampleOptions {
    /// The lower, the surer each choice: at 1 as the model has learned, near 0 the likeliest token,
    /// and that one at 0.
    double temperature = 0.5;
    std::vector<Index> prompt = {};  // what each document starts with
    std::size_t count = 1;
    std::size_t side_by_side = 1;  // so many are read at once
    /// Tokens are drawn from what candidates() leaves; at 0 each of the two leaves all.
    std::size_t top_k = 0;
    double top_p = 0;
};

/// `count` documents, each drawn token by token after BOS and the prompt. One ends where BOS is
/// drawn, or when block_size tokens have been read. The draws go round among those that are read
/// side by side, a token for each in turn. Throws std::invalid_argument for a temperature that is
/// no finite number of 0 or above, for a top_p that is no share, for none side by side, and for a
/// prompt with unknown tokens or longer than block_size - 1; and NumberError.
std::vector<std::vector<Index>> sample(Engine& engine, const Choose& choose,
                                       const SampleOptions& options = {});
std::vector<std::vector<Index>> sample(Engine& engine, const ChooseFor& choose,
                                       const SampleOptions& options = {});

}  // namespace microgpt
