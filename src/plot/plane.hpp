// Plane: a rectangle of a canvas where pairs of numbers have places.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "plot/axis.hpp"
#include "plot/svg.hpp"

namespace microgpt::plot {

/// What is written beside a tick.
using TickLabel = std::function<std::string(double tick)>;

/// A rectangle, from its upper left corner, with a straight scale along each side. A logarithmic
/// one is a straight one of logarithms.
struct Plane {
    Point corner;
    double width;
    double height;
    Axes axes;

    /// Where a pair of numbers stands on the canvas.
    Point at(double x, double y) const {
        return {corner.x + axes.x.share(x) * width, corner.y + (1 - axes.y.share(y)) * height};
    }
    Point at(Point numbers) const { return at(numbers.x, numbers.y); }

    /// A rule for each tick of y and a mark for each of x, with numbers on the left and below; or
    /// with the labels given, and none where one is empty.
    void draw_axes(Svg& svg, const TickLabel& label_x = {}, const TickLabel& label_y = {}) const;
    /// The values of f between two values of x, as a line of short pieces.
    void draw_curve(Svg& svg, const std::function<double(double)>& f, double from, double to,
                    std::string_view style) const;
    /// A straight line of some slope through (x, y), so many pixels to both sides of it.
    void draw_slope(Svg& svg, Point through, double slope, double pixels,
                    std::string_view style) const;
};

}  // namespace microgpt::plot
