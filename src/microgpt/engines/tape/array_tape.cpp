// ArrayTape: each operation's way forward, and the walk back.
#include "microgpt/engines/tape/array_tape.hpp"

#include <algorithm>

namespace microgpt {

// ---- Backward

void ArrayTape::backward(const Array& loss, double slope) {
    *loss.gradient = slope;
    for (auto node = nodes_.rbegin(); node != nodes_.rend(); ++node) {
        std::visit([](auto& operation) { operation.backward(); }, *node);
    }
}

void AddNode::backward() const {
    for (Index i = 0; i < sum.size; ++i) a.gradient[i] += sum.gradient[i];
    for (Index i = 0; i < sum.size; ++i) b.gradient[i] += sum.gradient[i];
}

void ScaleNode::backward() const {
    for (Index i = 0; i < y.size; ++i) x.gradient[i] += scale * y.gradient[i];
}

// ---- Forward

Array ArrayMatrix::row(Index i) const {
    const Weights& w = *weights;
    const std::size_t begin = std::size_t{i} * w.columns;
    return {
        {w.data + begin, w.gradient == nullptr ? nullptr : w.gradient + begin}, w.columns, tape};
}

Array operator+(const Array& a, const Array& b) {
    double* sum = a.tape->take(a.size);
    for (Index i = 0; i < a.size; ++i) sum[i] = a.data[i] + b.data[i];
    const Array result = a.tape->array(sum, a.size);
    a.tape->record(AddNode{a, b, result});
    return result;
}

Array operator/(const Array& x, double divisor) {
    double* y = x.tape->take(x.size);
    for (Index i = 0; i < x.size; ++i) y[i] = x.data[i] / divisor;
    const Array result = x.tape->array(y, x.size);
    x.tape->record(ScaleNode{x, 1 / divisor, result});
    return result;
}

Array linear(const Array& x, const ArrayMatrix& w) {
    const Weights& weights = *w.weights;
    double* y = x.tape->take(weights.rows);
    linear(weights, 1, x.data, y);
    const Array result = x.tape->array(y, weights.rows);
    x.tape->record(LinearNode{w.weights, x, result, {}});
    return result;
}

Array rmsnorm(const Array& x) {
    double* y = x.tape->take(x.size);
    const double scale = rmsnorm(x.size, x.data, y);
    const Array result = x.tape->array(y, x.size);
    x.tape->record(RmsnormNode{scale, x, result});
    return result;
}

Array relu(const Array& x) {
    double* y = x.tape->take(x.size);
    relu(x.size, x.data, y);
    const Array result = x.tape->array(y, x.size);
    x.tape->record(ReluNode{x, result});
    return result;
}

Array attention(const Array& query, const std::vector<Array>& keys,
                const std::vector<Array>& values, Index n_head) {
    ArrayTape& tape = *query.tape;
    const Heads heads = {n_head, query.size / n_head};
    const auto positions = static_cast<Index>(keys.size());
    double* weights = tape.take(std::size_t{positions} * n_head);
    double* output = tape.take(query.size);
    attention(heads, positions, query.data, keys, values, weights, output);
    const Array result = tape.array(output, query.size);
    tape.record(AttentionNode{heads, positions, query, &keys, &values,
                              tape.array(weights, positions * n_head), result});
    return result;
}

Array cross_entropy(const Array& logits, Index target) {
    ArrayTape& tape = *logits.tape;
    double* probabilities = tape.take(logits.size);
    double* loss = tape.take(1);
    std::copy_n(logits.data, logits.size, probabilities);
    *loss = cross_entropy(logits.size, probabilities, target);
    const Array result = tape.array(loss, 1);
    tape.record(CrossEntropyNode{logits, probabilities, target, result});
    return result;
}

}  // namespace microgpt
