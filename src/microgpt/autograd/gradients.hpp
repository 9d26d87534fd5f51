// Gradients: a map of their own, beside the numbers they belong to.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "microgpt/autograd/place.hpp"

namespace microgpt {

/// How fast one number moves with each number recorded before it: what backward() returns.
/// It keeps its figures after their Scope has closed. Both operators throw TapeError when asked
/// about a number of another Tape, or one that was recorded later.
class Gradients {
  public:
    Gradients(std::vector<double> by_index, std::vector<OpenScope> scopes)
        : by_index_(std::move(by_index)), scopes_(std::move(scopes)) {}

    double operator[](Place place) const { return (*this)[Range{place, 1}].front(); }
    std::span<const double> operator[](Range range) const;
    /// How many numbers they know.
    std::size_t size() const { return by_index_.size(); }

  private:
    bool know(Range range) const;

    std::vector<double> by_index_;
    std::vector<OpenScope> scopes_;  // outermost first
};

}  // namespace microgpt
