// Vectors of Numbers: the layers of chapters 2 to 4 in a graph.
#pragma once

#include <vector>

#include "microgpt/autograd/place.hpp"
#include "microgpt/engines/graph/number.hpp"

namespace microgpt {

// These are the layers of chapters 2 to 5 once more, for the ladder's lowest rung to have its own
// price: a node for each number.

/// Numbers that need not have anything to do with each other.
using NumberVector = std::vector<Number>;

/// Rows of parameters.
struct NumberMatrix {
    /// Row number i, an element for each column.
    const NumberVector& row(Index i) const { return rows[i]; }

    std::vector<NumberVector> rows;
};

/// Element by element, of one size.
NumberVector operator+(const NumberVector& a, const NumberVector& b);
/// W x, of as many Numbers as w has rows.
NumberVector linear(const NumberVector& x, const NumberMatrix& w);
/// Scores to probabilities. Throws NumberError if a logit is infinite or no number.
NumberVector softmax(const NumberVector& logits);
/// x · (mean(x²) + 1e-5)^(-1/2). Throws NumberError if the squares add up to more than a double can
/// hold.
NumberVector rmsnorm(const NumberVector& x);
/// Element by element.
NumberVector relu(const NumberVector& x);
/// What a position's query hears from a key and a value of each position, all n_embd long. Throws
/// as softmax().
NumberVector attention(const NumberVector& query, const std::vector<NumberVector>& keys,
                       const std::vector<NumberVector>& values, Index n_head);
/// The loss where `target` came, in nats. Throws as softmax(), and NumberError where the loss or
/// its slope is not a finite number.
Number cross_entropy(const NumberVector& logits, Index target);

/// Their plain numbers.
std::vector<double> numbers_of(const NumberVector& x);

}  // namespace microgpt
