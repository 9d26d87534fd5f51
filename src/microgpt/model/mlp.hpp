// Mlp: two matrices with a ReLU between them.
#pragma once

#include "microgpt/model/layers.hpp"

namespace microgpt {

/// The multilayer perceptron of a transformer block: n_embd numbers widened to 4·n_embd features,
/// those that fire kept, and what they mean for each number added up. No biases.
struct Mlp {
    Mlp(Index n_embd, const Draw& draw)
        : fc1(4 * n_embd, n_embd, draw), fc2(n_embd, 4 * n_embd, draw) {}

    /// x of n_embd elements in, n_embd elements out.
    Vector operator()(Vector x) const { return linear(relu(linear(x, fc1)), fc2); }

    Matrix fc1;
    Matrix fc2;
};

}  // namespace microgpt
