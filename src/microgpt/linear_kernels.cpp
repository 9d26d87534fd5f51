// Linear kernels: loops written so that a compiler works on several numbers at a time.
#include "microgpt/linear_kernels.hpp"

#include <algorithm>

namespace microgpt {

namespace {

// Each of the three products of a matrix is a sum of rows, each scaled by a number. A compiler may
// not reorder the terms of one sum, but it may add up neighbouring sums side by side.

/// y += scale[0] · row 0 + scale[stride] · row 1 + …: four rows at a time, so that y is fetched and
/// put back a quarter as often.
void add_rows(Index count, std::size_t n, const double* row, const double* scale,
              std::size_t stride, double* __restrict y) {
    Index i = 0;
    for (; i + 4 <= count; i += 4, row += 4 * n, scale += 4 * stride) {
        const double a = scale[0];
        const double b = scale[stride];
        const double c = scale[2 * stride];
        const double d = scale[3 * stride];
        for (std::size_t k = 0; k < n; ++k) {
            y[k] += (a * row[k] + b * row[n + k]) + (c * row[2 * n + k] + d * row[3 * n + k]);
        }
    }
    for (; i + 2 <= count; i += 2, row += 2 * n, scale += 2 * stride) {
        const double a = scale[0];
        const double b = scale[stride];
        for (std::size_t k = 0; k < n; ++k) y[k] += a * row[k] + b * row[n + k];
    }
    for (; i < count; ++i, row += n, scale += stride) {
        for (std::size_t k = 0; k < n; ++k) y[k] += *scale * row[k];
    }
}

/// dW += dy xᵀ, four rows at a time, so that x is fetched a quarter as often.
void add_outer(Index rows, std::size_t columns, const double* dy, const double* x, double* dw) {
    Index i = 0;
    for (; i + 4 <= rows; i += 4, dw += 4 * columns) {
        const double a = dy[i];
        const double b = dy[i + 1];
        const double c = dy[i + 2];
        const double d = dy[i + 3];
        double* __restrict row_a = dw;
        double* __restrict row_b = dw + columns;
        double* __restrict row_c = dw + 2 * columns;
        double* __restrict row_d = dw + 3 * columns;
        for (std::size_t k = 0; k < columns; ++k) {
            row_a[k] += a * x[k];
            row_b[k] += b * x[k];
            row_c[k] += c * x[k];
            row_d[k] += d * x[k];
        }
    }
    for (; i < rows; ++i, dw += columns) {
        for (std::size_t k = 0; k < columns; ++k) dw[k] += dy[i] * x[k];
    }
}

}  // namespace

// ---- The three products

void linear(const Weights& w, Index n, const double* x, double* y) {
    std::fill_n(y, std::size_t{n} * w.rows, 0);
    for (std::size_t t = 0; t < n; ++t) {
        add_rows(w.columns, w.rows, w.transposed, x + t * w.columns, 1, y + t * w.rows);
    }
}

void linear_backward(const Weights& w, Index n, Numbers x, const double* dy) {
    const std::size_t columns = w.columns;
    for (std::size_t t = 0; t < n; ++t) {
        add_rows(w.rows, columns, w.data, dy + t * w.rows, 1, x.gradient + t * columns);
    }
    if (n == 1) return add_outer(w.rows, columns, dy, x.data, w.gradient);
    for (std::size_t i = 0; i < w.rows; ++i) {
        add_rows(n, columns, x.data, dy + i, w.rows, w.gradient + i * columns);
    }
}

}  // namespace microgpt
