// Weights: where each matrix stands, and its transpose.
#include "microgpt/engines/tape/weights.hpp"

namespace microgpt {

namespace {

/// Four rows at a time, so that four neighbours are written at a time.
void transpose(std::size_t rows, std::size_t columns, const double* w, double* __restrict to) {
    std::size_t i = 0;
    for (; i + 4 <= rows; i += 4, w += 4 * columns) {
        for (std::size_t k = 0; k < columns; ++k) {
            double* four = to + k * rows + i;
            four[0] = w[k];
            four[1] = w[columns + k];
            four[2] = w[2 * columns + k];
            four[3] = w[3 * columns + k];
        }
    }
    for (; i < rows; ++i, w += columns) {
        for (std::size_t k = 0; k < columns; ++k) to[k * rows + i] = w[k];
    }
}

}  // namespace

GptWeights::GptWeights(const GptConfig& config) : transposed_(parameter_count(config)) {
    for (const Shape& shape : shapes(config)) {
        matrices_.push_back({nullptr, nullptr, nullptr, nullptr, shape.rows, shape.columns});
    }
}

void GptWeights::read(const double* parameters, double* gradients) {
    double* transposed = transposed_.data();
    for (Weights& w : matrices_) {
        const std::size_t size = std::size_t{w.rows} * w.columns;
        transpose(w.rows, w.columns, parameters, transposed);
        w.data = parameters;
        w.transposed = transposed;
        w.gradient = gradients;
        w.outer_products = nullptr;
        parameters += size;
        transposed += size;
        if (gradients != nullptr) gradients += size;
    }
}

}  // namespace microgpt
