// Vector: Values side by side on the Tape, and arithmetic on all of them at once.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "microgpt/autograd/ops.hpp"

namespace microgpt {

/// Neighbours on the Tape: where the first stands, and how many there are, one at the least.
/// Nothing is allocated, so copy it freely. Elements that are not there throw TapeError.
class Vector {
  public:
    explicit Vector(Range range) : range_(range) {}

    /// How many Values there are.
    Index size() const { return range_.length; }
    /// Value number i, the first being 0.
    Value operator[](Index i) const { return Value(slice(i, 1).range_.first); }
    /// Elements begin … begin + size - 1.
    Vector slice(Index begin, Index size) const;
    /// The plain numbers, until more are recorded.
    std::span<const double> data() const { return Tape::current().data(range_); }
    operator Range() const { return range_; }

  private:
    [[noreturn]] void no_slice(Index begin, Index size) const;

    Range range_;
};

inline Vector Vector::slice(Index begin, Index size) const {
    if (size == 0 || size > range_.length || begin > range_.length - size) no_slice(begin, size);
    return Vector({{range_.first.index + begin, range_.first.scope}, size});
}

// ---- Making a Vector

/// The Vector of f(0), f(1), … f(size - 1). Each call has to record one Value, and no more: that
/// makes them neighbours.
template <class F>
Vector make_vector(Index size, F f) {
    if (size == 0) throw TapeError("a Vector has one element at the least");
    const Place first = f(0);
    for (Index i = 1; i < size; ++i) {
        const Place next = f(i);
        if (next.index != first.index + i) throw TapeError("make_vector: record one Value a call");
    }
    return Vector({first, size});
}

/// Plain numbers, recorded side by side.
Vector vector_of(const std::vector<double>& numbers);

/// One Vector of all elements of `parts`, copied to stand side by side.
Vector concatenate(const std::vector<Vector>& parts);

// ---- Element by element

inline Vector operator+(Vector a, Vector b) {
    if (a.size() != b.size()) throw TapeError("a + b: make the Vectors the same length");
    return make_vector(a.size(), [&](Index i) { return a[i] + b[i]; });
}
inline Vector operator-(Vector a, double b) {
    return make_vector(a.size(), [&](Index i) { return a[i] - b; });
}
inline Vector operator*(Vector a, Value b) {
    return make_vector(a.size(), [&](Index i) { return a[i] * b; });
}
inline Vector operator*(Value a, Vector b) { return b * a; }
inline Vector operator/(Vector a, Value b) {
    return make_vector(a.size(), [&](Index i) { return a[i] / b; });
}
inline Vector operator/(Vector a, double b) {
    return make_vector(a.size(), [&](Index i) { return a[i] / b; });
}
inline Vector exp(Vector x) {
    return make_vector(x.size(), [&](Index i) { return exp(x[i]); });
}
inline Vector relu(Vector x) {
    return make_vector(x.size(), [&](Index i) { return relu(x[i]); });
}

// ---- From a Vector to one number

/// a[0]·b[0] + a[1]·b[1] + …: one record on the Tape, however long they are.
inline Value dot(Vector a, Vector b) { return Value(Tape::current().record_dot(a, b)); }

inline Value sum(Vector x) {
    Value total = x[0];
    for (Index i = 1; i < x.size(); ++i) total = total + x[i];
    return total;
}

/// The largest element, as a plain number: nothing is recorded.
inline double max(Vector x) { return *std::ranges::max_element(x.data()); }

}  // namespace microgpt
