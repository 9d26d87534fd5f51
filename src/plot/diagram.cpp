// Diagrams: words centred in boxes, and arrowheads turned the way their arrows go.
#include "plot/diagram.hpp"

#include <cmath>

namespace microgpt::plot {

namespace {

constexpr double line_height = 18;
constexpr double head_length = 8;
constexpr double head_width = 8;

std::string with(std::string_view style, std::string_view color) {
    return std::string(style).append(color);
}

}  // namespace

void draw_box(Svg& svg, Point middle, double width, double height,
              const std::vector<std::string>& lines, std::string_view color) {
    svg.rect({middle.x - width / 2, middle.y - height / 2}, width, height,
             with("line card ", color));
    double y = middle.y + 5 - line_height * static_cast<double>(lines.size() - 1) / 2;
    for (std::size_t i = 0; i < lines.size(); ++i, y += line_height) {
        svg.text({middle.x, y}, lines[i], i == 0 ? with("strong ", color) : "soft", Anchor::middle);
    }
}

void draw_arrow(Svg& svg, const std::vector<Point>& points, std::string_view color) {
    const Point tip = points.back();
    const Point before = points[points.size() - 2];
    const double length = std::hypot(tip.x - before.x, tip.y - before.y);
    const Point along = {(tip.x - before.x) / length, (tip.y - before.y) / length};
    const Point base = {tip.x - head_length * along.x, tip.y - head_length * along.y};
    const Point aside = {-along.y * head_width / 2, along.x * head_width / 2};

    std::vector<Point> shaft = points;
    shaft.back() = base;
    svg.polyline(shaft, with("line ", color));
    svg.path(step('M', tip) + step('L', {base.x + aside.x, base.y + aside.y}) +
                 step('L', {base.x - aside.x, base.y - aside.y}) + "z",
             with("fill ", color));
}

void draw_sign(Svg& svg, Point middle, std::string_view sign, std::string_view color) {
    svg.circle(middle, sign_radius, with("line ", color));
    svg.text({middle.x, middle.y + 5}, sign, with("strong ", color), Anchor::middle);
}

}  // namespace microgpt::plot
