// Weights: a model's matrices, as kernels want them.
#pragma once

#include <span>
#include <vector>

#include "microgpt/model/gpt.hpp"

namespace microgpt {

/// What a matrix was multiplied by, and the slope of the loss along what came of it: dy xᵀ is that
/// along the matrix.
struct OuterProduct {
    const double* x;
    const double* dy;
    const OuterProduct* before;  // of the same matrix, or null
};

/// A matrix among the parameters, and the slope of the loss along each of its numbers.
struct Weights {
    const double* data;                  // row by row
    const double* transposed;            // column by column
    double* gradient;                    // row by row
    const OuterProduct* outer_products;  // the last of those still to be added to the gradient
    Index rows;
    Index columns;
};

/// Every matrix of a model, in the order of shapes().
class GptWeights {
  public:
    /// Room for the transposes.
    explicit GptWeights(const GptConfig& config);

    /// The parameters are at `parameters` now, and slopes along them are to be added up at
    /// `gradients`, which may be null where nobody walks back. To be called again when they change.
    void read(const double* parameters, double* gradients);

    /// One for each shape. They stay where they are.
    std::span<Weights> matrices() { return matrices_; }

  private:
    std::vector<Weights> matrices_;
    std::vector<double> transposed_;
};

}  // namespace microgpt
