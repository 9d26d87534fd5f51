// Kernels: what is between the matrices.
#include "microgpt/engines/tape/kernels.hpp"

#include <algorithm>
#include <cmath>

namespace microgpt {

// ---- rmsnorm

double rmsnorm(Index n, const double* x, double* y) {
    const double mean_square = dot(x, x, n) / n;
    if (!std::isfinite(mean_square)) throw NumberError("rmsnorm: of numbers too large");
    const double s = 1 / std::sqrt(mean_square + 1e-5);
    for (Index i = 0; i < n; ++i) y[i] = s * x[i];
    return s;
}

void rmsnorm_backward(Index n, double s, Numbers x, const double* dy) {
    const double pull = s * s * s * dot(x.data, dy, n) / n;
    for (Index i = 0; i < n; ++i) x.gradient[i] += s * dy[i] - pull * x.data[i];
}

// ---- softmax and the loss

void softmax(Index rows, Index columns, double* x) {
    const std::size_t end = std::size_t{rows} * columns;
    for (Index h = 0; h < columns; ++h) {
        double top = x[h];
        double bottom = x[h];
        for (std::size_t i = h; i < end; i += columns) {
            top = std::max(top, x[i]);
            bottom = std::min(bottom, x[i]);
        }
        double total = 0;
        for (std::size_t i = h; i < end; i += columns) total += x[i] = std::exp(x[i] - top);
        if (!std::isfinite(total - bottom)) {
            throw NumberError("softmax: a logit is not a finite number");
        }
        const double factor = 1 / total;
        for (std::size_t i = h; i < end; i += columns) x[i] *= factor;
    }
}

void softmax_backward(Index rows, Index columns, const double* y, double* dy) {
    const std::size_t end = std::size_t{rows} * columns;
    for (Index h = 0; h < columns; ++h) {
        double mean = 0;
        for (std::size_t i = h; i < end; i += columns) mean += y[i] * dy[i];
        for (std::size_t i = h; i < end; i += columns) dy[i] = y[i] * (dy[i] - mean);
    }
}

double cross_entropy(Index n, double* logits, Index target) {
    softmax(n, 1, logits);
    const double share = logits[target];
    if (!std::isfinite(1 / share)) throw NumberError("the loss is not a finite number");
    return -std::log(share);
}

void cross_entropy_backward(Index n, const double* probabilities, Index target, double slope,
                            double* dlogits) {
    for (Index i = 0; i < n; ++i) dlogits[i] += slope * probabilities[i];
    dlogits[target] -= slope;
}

// ---- relu

void relu(std::size_t n, const double* x, double* y) {
    for (std::size_t i = 0; i < n; ++i) y[i] = x[i] > 0 ? x[i] : 0;
}

void relu_backward(std::size_t n, const double* y, const double* dy, double* dx) {
    for (std::size_t i = 0; i < n; ++i) {
        const double slope = dy[i];  // fetched in any case, so that nothing has to branch
        dx[i] += y[i] > 0 ? slope : 0;
    }
}

// ---- Attention

void dot_heads(Heads heads, double scale, const double* a, const double* b, double* scores) {
    for (Index h = 0; h < heads.count; ++h, a += heads.dim, b += heads.dim) {
        scores[h] = scale * dot(a, b, heads.dim);
    }
}

void add_heads(Heads heads, double scale, const double* scores, const double* x,
               double* __restrict y) {
    for (Index h = 0; h < heads.count; ++h, x += heads.dim, y += heads.dim) {
        const double score = scale * scores[h];
        for (Index i = 0; i < heads.dim; ++i) y[i] += score * x[i];
    }
}

}  // namespace microgpt
