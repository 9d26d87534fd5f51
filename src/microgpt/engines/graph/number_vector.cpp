// Vectors of Numbers: each layer in Numbers, one element at a time.
#include "microgpt/engines/graph/number_vector.hpp"

#include <algorithm>
#include <cmath>

#include "microgpt/autograd/ops.hpp"

namespace microgpt {

namespace {

/// a[0]·b[0] + a[1]·b[1] + …: of `size` numbers, from a[begin] and b[begin] on.
Number dot(const NumberVector& a, const NumberVector& b, std::size_t begin, std::size_t size) {
    Number sum = a[begin] * b[begin];
    for (std::size_t i = begin + 1; i < begin + size; ++i) sum = sum + a[i] * b[i];
    return sum;
}

}  // namespace

NumberVector operator+(const NumberVector& a, const NumberVector& b) {
    NumberVector sum;
    for (std::size_t i = 0; i < a.size(); ++i) sum.push_back(a[i] + b[i]);
    return sum;
}

NumberVector linear(const NumberVector& x, const NumberMatrix& w) {
    NumberVector y;
    for (const NumberVector& row : w.rows) y.push_back(dot(row, x, 0, x.size()));
    return y;
}

NumberVector softmax(const NumberVector& logits) {
    const std::vector<double> numbers = numbers_of(logits);
    const auto is_finite = [](double logit) { return std::isfinite(logit); };
    if (!std::ranges::all_of(numbers, is_finite)) {
        throw NumberError("softmax: a logit is not a finite number");
    }
    const double top = *std::ranges::max_element(numbers);
    NumberVector exps;
    for (const Number& logit : logits) exps.push_back(exp(logit - top));
    Number total = exps[0];
    for (std::size_t i = 1; i < exps.size(); ++i) total = total + exps[i];
    for (Number& element : exps) element = element / total;
    return exps;
}

NumberVector rmsnorm(const NumberVector& x) {
    const Number mean_square = dot(x, x, 0, x.size()) / static_cast<double>(x.size());
    if (!std::isfinite(mean_square.data())) throw NumberError("rmsnorm: of numbers too large");
    const Number scale = pow(mean_square + 1e-5, -0.5);
    NumberVector y;
    for (const Number& element : x) y.push_back(element * scale);
    return y;
}

NumberVector relu(const NumberVector& x) {
    NumberVector y;
    for (const Number& element : x) y.push_back(relu(element));
    return y;
}

NumberVector attention(const NumberVector& query, const std::vector<NumberVector>& keys,
                       const std::vector<NumberVector>& values, Index n_head) {
    const std::size_t head_dim = query.size() / n_head;
    NumberVector output;
    for (std::size_t begin = 0; begin < query.size(); begin += head_dim) {
        NumberVector scores;
        for (const NumberVector& key : keys) {
            scores.push_back(dot(query, key, begin, head_dim) /
                             std::sqrt(static_cast<double>(head_dim)));
        }
        const NumberVector weights = softmax(scores);
        for (std::size_t i = begin; i < begin + head_dim; ++i) {
            Number sum = weights[0] * values[0][i];
            for (std::size_t t = 1; t < weights.size(); ++t) sum = sum + weights[t] * values[t][i];
            output.push_back(sum);
        }
    }
    return output;
}

Number cross_entropy(const NumberVector& logits, Index target) {
    const Number share = softmax(logits)[target];
    if (!std::isfinite(1 / share.data())) throw NumberError("the loss is not a finite number");
    return log(share) * -1;
}

std::vector<double> numbers_of(const NumberVector& x) {
    std::vector<double> numbers;
    for (const Number& element : x) numbers.push_back(element.data());
    return numbers;
}

}  // namespace microgpt
