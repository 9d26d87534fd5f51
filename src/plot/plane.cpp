// Plane: rules, marks and curves.
#include "plot/plane.hpp"

#include <cmath>
#include <vector>

namespace microgpt::plot {

void Plane::draw_axes(Svg& svg, const TickLabel& label_x, const TickLabel& label_y) const {
    constexpr double gap = 8;
    const double right = corner.x + width;
    const double bottom = corner.y + height;
    for (const double tick : axes.y.ticks()) {
        const double y = at(axes.x.low, tick).y;
        svg.line({corner.x, y}, {right, y}, "line rule");
        svg.text({corner.x - gap, y + 4.5}, label_y ? label_y(tick) : axes.y.label(tick), "soft",
                 Anchor::end);
    }
    for (const double tick : axes.x.ticks()) {
        const double x = at(tick, axes.y.low).x;
        svg.line({x, bottom}, {x, bottom + 4}, "line rule");
        svg.text({x, bottom + 18}, label_x ? label_x(tick) : axes.x.label(tick), "soft",
                 Anchor::middle);
    }
}

void Plane::draw_curve(Svg& svg, const std::function<double(double)>& f, double from, double to,
                       std::string_view style) const {
    constexpr int pieces = 96;
    std::vector<Point> points;
    for (int i = 0; i <= pieces; ++i) {
        const double x = from + (to - from) * i / pieces;
        points.push_back(at(x, f(x)));
    }
    svg.polyline(points, style);
}

void Plane::draw_slope(Svg& svg, Point through, double slope, double pixels,
                       std::string_view style) const {
    const Point at_it = at(through);
    const Point further = at(through.x + 1, through.y + slope);
    const double share = pixels / std::hypot(further.x - at_it.x, further.y - at_it.y);
    svg.line(at(through.x - share, through.y - slope * share),
             at(through.x + share, through.y + slope * share), style);
}

}  // namespace microgpt::plot
