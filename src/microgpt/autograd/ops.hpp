// The other operations on Values, each with its slope.
#pragma once

#include <cmath>

#include "microgpt/autograd/error.hpp"
#include "microgpt/autograd/value.hpp"

namespace microgpt {

/// A result that no double can hold. The message says of which operation.
class NumberError : public Error {
  public:
    using Error::Error;
};

// ---- Negation and subtraction

inline Value operator-(Value x) { return record(-x.data(), {x, -1}); }
inline Value operator-(Value a, Value b) { return record(a.data() - b.data(), {a, 1}, {b, -1}); }
inline Value operator-(Value a, double b) { return record(a.data() - b, {a, 1}); }
inline Value operator-(double a, Value b) { return record(a - b.data(), {b, -1}); }

// ---- Division

/// The same number. Throws NumberError if one cannot divide by it: for 0, what is so close to it
/// that 1/x is infinite, and what is no number.
inline double divisor(double x) {
    if (!std::isfinite(1 / x)) throw NumberError("a division by 0");
    return x;
}

inline Value operator/(Value a, Value b) {
    const double y = divisor(b.data());
    const double quotient = a.data() / y;
    return record(quotient, {a, 1 / y}, {b, -quotient / y});
}
inline Value operator/(Value a, double b) { return record(a.data() / divisor(b), {a, 1 / b}); }
inline Value operator/(double a, Value b) {
    const double quotient = a / divisor(b.data());
    return record(quotient, {b, -quotient / b.data()});
}

// ---- Powers, the exponential and the logarithm

/// x to the power of a plain number. Throws NumberError unless the slope is finite: there is none
/// of a root at 0, or of a negative number.
inline Value pow(Value x, double exponent) {
    const double power = exponent == 0 ? 0 : std::pow(x.data(), exponent - 1);
    if (!std::isfinite(power)) throw NumberError("pow: of a number that has no such power");
    return record(std::pow(x.data(), exponent), {x, exponent * power});
}
Value pow(Value x, Value exponent) = delete;  // write exp(exponent * log(x))
Value pow(double x, Value exponent) = delete;

/// e to the power of x, which is its own slope.
inline Value exp(Value x) {
    const double power = std::exp(x.data());
    return record(power, {x, power});
}

/// The natural logarithm of x. Throws NumberError unless x is above 0 by so much that its slope,
/// 1/x, is finite.
inline Value log(Value x) {
    const double slope = 1 / x.data();
    if (!(slope >= 0 && std::isfinite(slope))) throw NumberError("log: of a number not above 0");
    return record(std::log(x.data()), {x, slope});
}

// ---- ReLU

/// x where x is positive, and 0 elsewhere. At 0, where there is no slope, it is taken as 0.
inline Value relu(Value x) {
    const bool on = x.data() > 0;
    return record(on ? x.data() : 0, {x, on ? 1.0 : 0.0});
}

}  // namespace microgpt
