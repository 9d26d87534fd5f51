// Vectors of Numbers: the layers of chapters 2 to 4 in a graph.
#pragma once

#include <vector>

#include "microgpt/number.hpp"
#include "microgpt/place.hpp"

namespace microgpt {

using NumberVector = std::vector<Number>;

/// Rows of parameters.
struct NumberMatrix {
    const NumberVector& row(Index i) const { return rows[i]; }
    std::vector<NumberVector> rows;
};

NumberVector operator+(const NumberVector& a, const NumberVector& b);
NumberVector linear(const NumberVector& x, const NumberMatrix& w);
NumberVector softmax(const NumberVector& logits);
NumberVector rmsnorm(const NumberVector& x);
NumberVector relu(const NumberVector& x);
NumberVector attention(const NumberVector& query, const std::vector<NumberVector>& keys,
                       const std::vector<NumberVector>& values, Index n_head);
Number cross_entropy(const NumberVector& logits, Index target);

/// Their plain numbers.
std::vector<double> numbers_of(const NumberVector& x);

}  // namespace microgpt
