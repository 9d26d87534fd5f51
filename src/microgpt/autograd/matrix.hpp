// Matrix: rows of parameters.
#pragma once

#include <functional>
#include <string>

#include "microgpt/autograd/vector.hpp"

namespace microgpt {

/// Where a fresh weight comes from.
using Draw = std::function<double()>;

/// rows × columns Values, recorded row by row: one row an output, one column an input.
class Matrix {
  public:
    /// Draws every number. Throws TapeError if so many do not fit on the Tape.
    Matrix(Index rows, Index columns, const Draw& draw)
        : columns_(columns),
          entries_(make_vector(count(rows, columns), [&](Index) { return Value(draw()); })) {}

    /// Its size.
    Index rows() const { return entries_.size() / columns_; }
    Index columns() const { return columns_; }
    /// Row number i, of columns() elements. Throws TapeError if there is none.
    Vector row(Index i) const {
        if (i >= rows()) throw TapeError("a Matrix has no row " + std::to_string(i));
        return entries_.slice(i * columns_, columns_);
    }
    /// All of them, row by row.
    Vector entries() const { return entries_; }

  private:
    static Index count(Index rows, Index columns) {
        if (std::uint64_t{rows} * columns > Tape::current().capacity()) {
            throw TapeError("a Matrix of " + std::to_string(rows) + " by " +
                            std::to_string(columns) + " does not fit on the Tape");
        }
        return rows * columns;
    }

    Index columns_;
    Vector entries_;
};

/// Every number from the first of one matrix to the last of a later one: all the parameters of a
/// network whose matrices were made one after the other.
inline Vector parameters_of(const Matrix& first, const Matrix& last) {
    const Range start = first.entries();
    const Range end = last.entries();
    if (end.first.index < start.first.index) throw TapeError("parameters_of: first, then last");
    return Vector({start.first, end.first.index + end.length - start.first.index});
}

}  // namespace microgpt
