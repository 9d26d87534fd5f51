// Gradients: a map of their own, beside the numbers they belong to.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "microgpt/autograd/place.hpp"

namespace microgpt {

/// Whether a Range is of one number at the least, all of one of these Scopes, the outermost first.
/// `end` is the index behind the last number of all, and of the innermost.
inline bool stands_in(const std::vector<OpenScope>& scopes, std::size_t end, Range range) {
    const std::size_t last = std::size_t{range.first.index} + range.length;
    for (auto open = scopes.rbegin(); open != scopes.rend(); ++open) {
        if (open->scope == range.first.scope) return range.length > 0 && last <= end;
        end = open->start;  // the Scope around it ends where this one opened
    }
    return false;
}

/// How fast one number moves with each number recorded before it: what backward() returns.
/// It keeps its figures after their Scope has closed. Both operators throw TapeError when asked
/// about a number of another Tape, or one that was recorded later.
class Gradients {
  public:
    Gradients(std::vector<double> by_index, std::vector<OpenScope> scopes)
        : by_index_(std::move(by_index)), scopes_(std::move(scopes)) {}

    /// The slope along one number, or along each of some.
    double operator[](Place place) const { return (*this)[Range{place, 1}].front(); }
    std::span<const double> operator[](Range range) const;
    /// How many numbers they know.
    std::size_t size() const { return by_index_.size(); }

  private:
    std::vector<double> by_index_;
    std::vector<OpenScope> scopes_;  // outermost first
};

}  // namespace microgpt
