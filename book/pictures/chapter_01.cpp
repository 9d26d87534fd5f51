// The pictures of chapter 1, and what a slope is.
#include "microgpt/autograd/value.hpp"
#include "pictures.hpp"
#include "plot/labels.hpp"
#include "plot/plane.hpp"

namespace microgpt::pictures {

namespace {

using plot::Anchor;
using plot::Point;
using plot::Svg;

// ---- A slope: a curve, two points of it, and the line through them

double cube(double x) { return x * x * x; }

double measured_slope(double x, double by) { return (cube(x + by) - cube(x - by)) / (2 * by); }

double derived_slope(double at) {
    Tape tape;
    const Value x(at);
    return backward(x * x * x)[x];
}

void write_slopes(Svg& svg, Point corner, double x) {
    double y = corner.y;
    const auto row = [&](const std::string& name, const std::string& slope, const char* style) {
        svg.text({corner.x + 34, y}, name, style);
        svg.text({corner.x + 172, y}, slope, style, Anchor::end);
        y += 24;
    };
    row("line", "slope", "soft");
    svg.line({corner.x, y - 5}, {corner.x + 24, y - 5}, "line orange");
    for (const double by : {0.5, 0.1, 0.01}) {
        row("x ± " + plot::number(by), plot::short_number(measured_slope(x, by)),
            by == 0.5 ? "strong orange" : "orange");
    }
    svg.line({corner.x, y - 5}, {corner.x + 24, y - 5}, "line bold dashed green");
    row("tangent", plot::short_number(derived_slope(x)), "strong green");
}

std::string slope_picture() {
    constexpr double x = 1;
    constexpr double by = 0.5;
    const Point left = {x - by, cube(x - by)};
    const Point right = {x + by, cube(x + by)};
    const double slope = measured_slope(x, by);
    Svg svg(540, 330, "A slope, measured and derived",
            "The curve x³ around x = 1. The line through its points at 0.5 and 1.5 climbs 3.25 on "
            "its way of 1 to the right; the tangent at 1, dashed, climbs 3. With points nearer to "
            "each other, the measured slope comes nearer to 3.");
    const plot::Plane plane{{24, 24}, 310, 268, {{0, 2, 0.5}, {0, 4, 1}}};
    plane.draw_axes(svg);
    svg.line(plane.at(left), plane.at(right.x, left.y), "line dashed soft");
    svg.line(plane.at(right.x, left.y), plane.at(right), "line dashed soft");
    plane.draw_curve(svg, cube, 0, 1.58, "line bold blue");
    plane.draw_slope(svg, {x, (left.y + right.y) / 2}, slope, 133, "line orange");
    plane.draw_slope(svg, {x, cube(x)}, derived_slope(x), 80, "line bold dashed green");
    for (const Point& point : {left, right}) svg.circle(plane.at(point), 4.5, "fill orange");
    svg.circle(plane.at(x, cube(x)), 4.5, "fill green");
    const Point run = plane.at(x + by / 2, left.y);
    const Point rise = plane.at(right.x, x + by);
    svg.text({run.x, run.y - 6}, plot::number(2 * by), "soft", Anchor::middle);
    svg.text({rise.x + 8, rise.y}, plot::number(right.y - left.y), "soft");
    const Point top = plane.at(1.58, 4);
    svg.text({top.x + 8, top.y + 16}, "x³", "strong blue");
    write_slopes(svg, {366, 110}, x);
    return svg.str();
}

}  // namespace

std::vector<Picture> chapter_01() {
    return {{"01-slope.svg", slope_picture}, {"01-tape.svg", tape_picture}};
}

}  // namespace microgpt::pictures
