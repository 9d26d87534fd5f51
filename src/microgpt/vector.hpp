// Vector: Values side by side on the Tape, and arithmetic on all of them at once.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "microgpt/ops.hpp"

namespace microgpt {

/// A run of neighbours on the Tape: where the first stands, and how many there are. Nothing is
/// allocated, so copy it freely. Elements and slices that are not there throw TapeError.
class Vector {
  public:
    explicit Vector(Run run) : run_(run) {}

    Index size() const { return run_.length; }
    Value operator[](Index i) const { return Value(slice(i, 1).run_.first); }
    /// Elements begin … begin + size - 1.
    Vector slice(Index begin, Index size) const;
    /// The plain numbers, until more are recorded.
    std::span<const double> data() const { return Tape::current().data(run_); }
    operator Run() const { return run_; }

  private:
    Run run_;
};

inline Vector Vector::slice(Index begin, Index size) const {
    if (begin + size > run_.length) {
        throw TapeError("a Vector of " + std::to_string(run_.length) + " has no element " +
                        std::to_string(begin + size - 1));
    }
    return Vector({{run_.first.index + begin, run_.first.scope}, size});
}

// ---- Making a Vector

/// The Vector of f(0), f(1), … f(size - 1). Each call has to record one Value, and no more: that
/// makes them neighbours.
template <class F>
Vector make_vector(Index size, F f) {
    const Place first = f(0);
    for (Index i = 1; i < size; ++i) {
        const Place next = f(i);
        if (next.index != first.index + i) throw TapeError("make_vector: record one Value a call");
    }
    return Vector({first, size});
}

/// One Vector of all elements of `parts`, copied to stand side by side.
Vector concatenate(const std::vector<Vector>& parts);

// ---- Element by element

inline Vector operator+(Vector a, Vector b) {
    if (a.size() != b.size()) throw TapeError("a + b: make the Vectors the same length");
    return make_vector(a.size(), [=](Index i) { return a[i] + b[i]; });
}
inline Vector operator-(Vector a, double b) {
    return make_vector(a.size(), [=](Index i) { return a[i] - b; });
}
inline Vector operator*(Vector a, Value b) {
    return make_vector(a.size(), [=](Index i) { return a[i] * b; });
}
inline Vector operator*(Value a, Vector b) { return b * a; }
inline Vector operator/(Vector a, Value b) {
    return make_vector(a.size(), [=](Index i) { return a[i] / b; });
}
inline Vector operator/(Vector a, double b) {
    return make_vector(a.size(), [=](Index i) { return a[i] / b; });
}
inline Vector exp(Vector x) {
    return make_vector(x.size(), [=](Index i) { return exp(x[i]); });
}
inline Vector relu(Vector x) {
    return make_vector(x.size(), [=](Index i) { return relu(x[i]); });
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
