// One letter: the chapter's network, for the exercises that measure with it.
#pragma once

#include "microgpt/model/mlp.hpp"
#include "microgpt/training/descent.hpp"

namespace microgpt::exercise {

/// A letter in, the scores of the letter after it out.
struct OneLetter {
    OneLetter(Index vocab_size, const Draw& draw)
        : wte(vocab_size, 16, draw), mlp(16, draw), lm_head(vocab_size, 16, draw) {}

    Vector operator()(Index token) const {
        const Vector x = rmsnorm(wte.row(token));
        return linear(x + mlp(x), lm_head);
    }
    Vector parameters() const { return parameters_of(wte, lm_head); }

    Matrix wte;
    Mlp mlp;
    Matrix lm_head;
};

/// The mean of `loss`, given the scores and what came, over a name's letters.
template <class Loss>
Value mean_over(const OneLetter& network, const std::vector<Index>& tokens, Loss loss) {
    return mean_loss(tokens.size() - 1,
                     [&](std::size_t i) { return loss(network(tokens[i]), tokens[i + 1]); });
}

}  // namespace microgpt::exercise
