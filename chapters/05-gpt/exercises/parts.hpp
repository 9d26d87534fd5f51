// Parts: a model whose norm, bend and head can be chosen, for the exercises that measure with it.
#pragma once

#include <functional>

#include "microgpt/model/gpt.hpp"
#include "microgpt/training/descent.hpp"

namespace microgpt::exercise {

/// A layer without a matrix: numbers in, as many numbers out.
using Layer = std::function<Vector(Vector)>;

/// The model of this chapter, of one block, put together from parts.
struct Parts {
    Parts(Index vocab_size, const Draw& draw)
        : wte(vocab_size, 16, draw),
          wpe(16, 16, draw),
          lm_head(vocab_size, 16, draw),
          block({.vocab_size = vocab_size}, draw) {}

    /// The mean surprise at a name's letters.
    Value loss(const std::vector<Index>& tokens, const Matrix& head, const Layer& bend,
               const Layer& norm = rmsnorm) const {
        KvCache cache(4);
        return mean_loss(std::min<std::size_t>(16, tokens.size() - 1), [&](std::size_t i) {
            Vector x = norm(wte.row(tokens[i]) + wpe.row(static_cast<Index>(i)));
            x = x + block.attention(norm(x), cache);
            x = x + linear(bend(linear(norm(x), block.mlp.fc1)), block.mlp.fc2);
            return cross_entropy(linear(x, head), tokens[i + 1]);
        });
    }
    /// All of them, the unused among them.
    Vector parameters() const { return parameters_of(wte, block.mlp.fc2); }

    Matrix wte, wpe, lm_head;
    Block block;
};

/// Chapter 2's bend.
inline Vector with_relu(Vector x) { return relu(x); }

}  // namespace microgpt::exercise
