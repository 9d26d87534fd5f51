// Answer loss: what a model is taught from a question and its answer.
#pragma once

#include "microgpt/model/gpt.hpp"
#include "microgpt/training/descent.hpp"

namespace microgpt {

/// The mean surprise, in nats, at each token behind the first `asked`, BOS among these; they are
/// read, and nothing is learned of how to ask. All have to fit into the block_size.
inline Value answer_loss(const Gpt& gpt, const std::vector<Index>& tokens, std::size_t asked) {
    Gpt::Context context = gpt.empty_context();
    for (std::size_t i = 0; i + 1 < asked; ++i) gpt(tokens[i], context);
    return mean_loss(tokens.size() - asked, [&](std::size_t i) {
        const std::size_t at = asked - 1 + i;
        return cross_entropy(gpt(tokens[at], context), tokens[at + 1]);
    });
}

}  // namespace microgpt
