// Linear kernels: loops written so that a compiler works on several numbers at a time.
#include "microgpt/engines/tape/linear_kernels.hpp"

#include <algorithm>

namespace microgpt {

namespace {

// ---- A sum of rows, each scaled by a number

// Each of the three products of a matrix is a sum of rows, each scaled by a number. A compiler may
// not reorder the terms of one sum, but it may add up neighbouring sums side by side. Sixteen fit
// into its registers, in pairs; what is left of a row is done by eight, four, two and one.
//
// No loop over rows says beforehand how many there are: g++ would rather work on two rows at a time
// than on two columns, and that takes twice as long.

/// y += scale[0] · row 0 + scale[1] · row 1 + … to `end`, from column k on.
template <std::size_t width = 16>
void add_rows(std::size_t n, const double* rows, const double* end, const double* scale,
              double* __restrict y, std::size_t k = 0) {
    for (; k + width <= n; k += width) {
        double sums[width];
        for (std::size_t j = 0; j < width; ++j) sums[j] = y[k + j];
        const double* factor = scale;
        for (const double* row = rows; row != end; row += n, ++factor) {
            for (std::size_t j = 0; j < width; ++j) sums[j] += *factor * row[k + j];
        }
        for (std::size_t j = 0; j < width; ++j) y[k + j] = sums[j];
    }
    if constexpr (width > 1) {
        if (k < n) add_rows<width / 2>(n, rows, end, scale, y, k);
    }
}

// ---- The same, of the products that wait

/// Row i of dW += dy[i] · x, of the last and all before it, from column k on.
template <std::size_t width = 16>
void add_outer_products(std::size_t n, const OuterProduct* last, std::size_t i,
                        double* __restrict row, std::size_t k = 0) {
    for (; k + width <= n; k += width) {
        double sums[width];
        for (std::size_t j = 0; j < width; ++j) sums[j] = row[k + j];
        for (const OuterProduct* product = last; product != nullptr; product = product->before) {
            const double factor = product->dy[i];
            const double* x = product->x + k;
            for (std::size_t j = 0; j < width; ++j) sums[j] += factor * x[j];
        }
        for (std::size_t j = 0; j < width; ++j) row[k + j] = sums[j];
    }
    if constexpr (width > 1) {
        if (k < n) add_outer_products<width / 2>(n, last, i, row, k);
    }
}

}  // namespace

// ---- The three products

void linear(const Weights& w, Index n, const double* x, double* y) {
    const double* end = w.transposed + std::size_t{w.rows} * w.columns;
    std::fill_n(y, std::size_t{n} * w.rows, 0);
    for (std::size_t t = 0; t < n; ++t) {
        add_rows(w.rows, w.transposed, end, x + t * w.columns, y + t * w.rows);
    }
}

void linear_backward(const Weights& w, Index n, const double* dy, double* dx) {
    const double* end = w.data + std::size_t{w.rows} * w.columns;
    for (std::size_t t = 0; t < n; ++t) {
        add_rows(w.columns, w.data, end, dy + t * w.rows, dx + t * w.columns);
    }
}

void add_outer_products(const Weights& w) {
    for (std::size_t i = 0; i < w.rows; ++i) {
        add_outer_products(w.columns, w.outer_products, i, w.gradient + i * w.columns);
    }
}

}  // namespace microgpt
