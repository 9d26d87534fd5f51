// Value: a number on the Tape that can be computed with.
#pragma once

#include "microgpt/autograd/tape.hpp"

namespace microgpt {

/// A number that never changes once made. It is known by its place on the current Tape, which
/// holds the number itself: eight bytes, to be copied freely.
class Value {
  public:
    /// Records a number that was not computed. Throws TapeError if this thread has no Tape.
    explicit Value(double data) : place_(Tape::current().record(data)) {}
    /// The Value that stands at `place`.
    explicit Value(Place place) : place_(place) {}

    /// The number. Throws TapeError if its Scope has closed.
    double data() const { return Tape::current().data(place_); }
    operator Place() const { return place_; }

  private:
    Place place_;
};

static_assert(sizeof(Value) == 8);

// ---- Recording a result, with its slope along each Value it was made of

inline Value record(double data, Operand x) { return Value(Tape::current().record(data, x)); }

inline Value record(double data, Operand a, Operand b) {
    return Value(Tape::current().record(data, a, b));
}

// ---- Addition: the sum moves as fast as each of its terms

inline Value operator+(Value a, Value b) { return record(a.data() + b.data(), {a, 1}, {b, 1}); }
inline Value operator+(Value a, double b) { return record(a.data() + b, {a, 1}); }
inline Value operator+(double a, Value b) { return b + a; }

// ---- Multiplication: the slope along one factor is the other factor

inline Value operator*(Value a, Value b) {
    const double x = a.data();
    const double y = b.data();
    return record(x * y, {a, y}, {b, x});
}
inline Value operator*(Value a, double b) { return record(a.data() * b, {a, b}); }
inline Value operator*(double a, Value b) { return b * a; }

// ---- Backward

/// The slope of `loss` along every Value recorded before it.
inline Gradients backward(Value loss) { return Tape::current().backward(loss); }

}  // namespace microgpt
