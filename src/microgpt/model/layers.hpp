// The layers that own no parameters: linear, softmax, rmsnorm and the loss.
#pragma once

#include "microgpt/autograd/matrix.hpp"

namespace microgpt {

// ---- linear: every row of the matrix asks the vector one question

/// W x. `w` is (outputs, inputs), `x` has `inputs` elements.
inline Vector linear(Vector x, const Matrix& w) {
    return make_vector(w.rows(), [&](Index i) { return dot(w.row(i), x); });
}

// ---- softmax: scores to shares of one

/// exp(logits) / sum(exp(logits)). The largest logit is subtracted first, as a constant: it changes
/// no share, and keeps exp from overflowing. Throws NumberError if a logit is infinite or no
/// number.
inline Vector softmax(Vector logits) {
    const auto is_finite = [](double logit) { return std::isfinite(logit); };
    if (!std::ranges::all_of(logits.data(), is_finite)) {
        throw NumberError("softmax: a logit is not a finite number");
    }
    const Vector exps = exp(logits - max(logits));
    return exps / sum(exps);
}

// ---- rmsnorm: the same direction, with elements of size one

/// x · (mean(x²) + 1e-5)^(-1/2) (Zhang and Sennrich 2019, without the gain). Throws NumberError if
/// the squares add up to more than a double can hold.
inline Vector rmsnorm(Vector x) {
    const Value mean_square = dot(x, x) / x.size();
    if (!std::isfinite(mean_square.data())) throw NumberError("rmsnorm: of numbers too large");
    return x * pow(mean_square + 1e-5, -0.5);
}

// ---- cross-entropy: how surprised we are by what came

/// -log of the share that softmax gives the `target`, in nats.
inline Value cross_entropy(Vector logits, Index target) { return -log(softmax(logits)[target]); }

}  // namespace microgpt
