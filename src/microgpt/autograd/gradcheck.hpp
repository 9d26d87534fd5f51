// Gradcheck: a slope measured, to hold beside a slope derived.
#pragma once

namespace microgpt {

/// The slope of f at x, by central differences: f is called at two points to each side of x, and
/// the wider pair cancels most of the error of the closer one. For smooth f of size one and the
/// step given, good to about twelve digits.
template <class F>
double central_difference(F f, double x, double step = 1e-3) {
    const double close = f(x + step) - f(x - step);
    const double wide = f(x + 2 * step) - f(x - 2 * step);
    return (8 * close - wide) / (12 * step);
}

}  // namespace microgpt
