// Looking back: the chapter's network with any kind of look, to measure with.
#pragma once

#include <functional>

#include "microgpt/model/attention.hpp"
#include "microgpt/training/descent.hpp"

namespace microgpt::exercise {

/// What a position hears that asks with `query`, given a key and a value of each position.
using Look = std::function<Vector(Vector query, const std::vector<Vector>& keys,
                                  const std::vector<Vector>& values)>;

/// Letters and their positions, and one look back at them.
struct LookingBack {
    LookingBack(Index vocab_size, const Draw& draw)
        : wte(vocab_size, 16, draw),
          wpe(16, 16, draw),
          wq(16, 16, draw),
          wk(16, 16, draw),
          wv(16, 16, draw),
          wo(16, 16, draw),
          lm_head(vocab_size, 16, draw) {}

    /// The mean surprise at a name's letters.
    Value loss(const std::vector<Index>& tokens, const Look& look) const {
        std::vector<Vector> keys;
        std::vector<Vector> values;
        return mean_loss(std::min<std::size_t>(16, tokens.size() - 1), [&](std::size_t i) {
            const auto position = static_cast<Index>(i);
            const Vector x = rmsnorm(wte.row(tokens[i]) + wpe.row(position));
            keys.push_back(linear(x, wk));
            values.push_back(linear(x, wv));
            const Vector heard = look(linear(x, wq), keys, values);
            return cross_entropy(linear(x + linear(heard, wo), lm_head), tokens[i + 1]);
        });
    }
    Vector parameters() const { return parameters_of(wte, lm_head); }

    Matrix wte, wpe, wq, wk, wv, wo, lm_head;
};

}  // namespace microgpt::exercise
