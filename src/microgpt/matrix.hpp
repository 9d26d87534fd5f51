// Matrix: rows of parameters.
#pragma once

#include <functional>

#include "microgpt/vector.hpp"

namespace microgpt {

/// Where a fresh weight comes from.
using Draw = std::function<double()>;

/// rows × columns Values, recorded row by row: one row an output, one column an input.
class Matrix {
  public:
    Matrix(Index rows, Index columns, const Draw& draw)
        : columns_(columns),
          entries_(make_vector(rows * columns, [&](Index) { return Value(draw()); })) {}

    Index rows() const { return entries_.size() / columns_; }
    Index columns() const { return columns_; }
    Vector row(Index i) const { return entries_.slice(i * columns_, columns_); }
    /// All of them, row by row.
    Vector entries() const { return entries_; }

  private:
    Index columns_;
    Vector entries_;
};

/// Every number from the first of one matrix to the last of another: all the parameters of a
/// network whose matrices were made one after the other.
inline Vector parameters_of(const Matrix& first, const Matrix& last) {
    const Run start = first.entries();
    const Run end = last.entries();
    return Vector({start.first, end.first.index + end.length - start.first.index});
}

}  // namespace microgpt
