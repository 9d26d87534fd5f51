// Logarithmic charts: axes with a rule for every power of ten.
#include "plot/log_charts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "plot/labels.hpp"

namespace microgpt::plot {

namespace {

constexpr double width = 540;
constexpr double gap = 8;

/// From one power of ten to another, and where on the picture these are.
struct LogAxis {
    int low;  // exponents
    int high;
    double from;
    double to;

    double place(double value) const { return from + share(std::log10(value)) * (to - from); }
    double place_of_power(int exponent) const { return from + share(exponent) * (to - from); }

  private:
    double share(double exponent) const { return (exponent - low) / (high - low); }
};

LogAxis axis_for(const std::vector<double>& values, double from, double to) {
    const auto [least, most] = std::ranges::minmax(values);
    const int low = static_cast<int>(std::floor(std::log10(least)));
    return {low, std::max(low + 1, static_cast<int>(std::ceil(std::log10(most)))), from, to};
}

/// 10000 as "10,000", and 0.01 as it is.
std::string power_of_ten(int exponent) {
    if (exponent < 0) return "0." + std::string(static_cast<std::size_t>(-exponent) - 1, '0') + "1";
    std::string digits = "1" + std::string(static_cast<std::size_t>(exponent), '0');
    for (std::size_t end = digits.size(); end > 3; end -= 3) digits.insert(end - 3, ",");
    return digits;
}

/// Upright rules, each with its power of ten below it.
void draw_columns(Svg& svg, const LogAxis& axis, double top, double bottom) {
    for (int exponent = axis.low; exponent <= axis.high; ++exponent) {
        const double x = axis.place_of_power(exponent);
        svg.line({x, top}, {x, bottom}, "line rule");
        svg.text({x, bottom + 18}, power_of_ten(exponent), "soft", Anchor::middle);
    }
}

/// Level rules, each with its power of ten to the left of it.
void draw_rows(Svg& svg, const LogAxis& axis, double left, double right) {
    for (int exponent = axis.low; exponent <= axis.high; ++exponent) {
        const double y = axis.place_of_power(exponent);
        svg.line({left, y}, {right, y}, "line rule");
        svg.text({left - gap, y + 4.5}, power_of_ten(exponent), "soft", Anchor::end);
    }
}

/// How wide the names of an axis's powers of ten are.
double width_of_names(const LogAxis& axis) {
    double widest = 0;
    for (int exponent = axis.low; exponent <= axis.high; ++exponent) {
        widest = std::max(widest, text_width(power_of_ten(exponent)));
    }
    return widest;
}

/// Dots, the line through them, and the grey one of what grows in proportion. Returns the last dot.
Point draw_curve(Svg& svg, const Curve& curve, const LogAxis& x, const LogAxis& y) {
    std::vector<Point> dots;
    for (const Point& point : curve.points) {
        dots.push_back({x.place(point.x), y.place(point.y)});
        svg.circle(dots.back(), 3.5, "fill " + curve.style);
    }
    const Point first = curve.points.front();
    const double in_proportion = first.y * curve.points.back().x / first.x;
    svg.line(dots.front(), {dots.back().x, y.place(in_proportion)}, "line soft");
    svg.polyline(dots, "line bold " + curve.style);
    return dots.back();
}

}  // namespace

std::string log_ladder(const ChartLabels& labels, const std::vector<Rung>& rungs) {
    constexpr double row = 46;
    constexpr double top = 2;
    const double bottom = top + row * static_cast<double>(rungs.size());
    double left = 0;
    std::vector<double> values;
    for (const Rung& rung : rungs) {
        values.push_back(rung.value);
        left = std::max(left, text_width(rung.name) + gap);
    }
    const LogAxis axis = axis_for(values, left, width - 30);

    Svg svg(width, bottom + 48, labels.title, labels.description);
    draw_columns(svg, axis, top, bottom);
    svg.text({width, bottom + 42}, labels.x, "", Anchor::end);
    for (std::size_t i = 0; i < rungs.size(); ++i) {
        const Point dot = {axis.place(rungs[i].value), top + row * (static_cast<double>(i) + 0.5)};
        svg.text({0, dot.y - 2}, rungs[i].name);
        svg.text({0, dot.y + 16}, rungs[i].note, "strong blue");
        if (i + 1 < rungs.size()) {
            const Point below = {axis.place(rungs[i + 1].value), dot.y + row};
            const double ratio = rungs[i].value / rungs[i + 1].value;
            svg.line(dot, below, "line soft");
            svg.text({(dot.x + below.x) / 2 + 10, dot.y + row / 2 + 5},
                     "×" + fixed_number(ratio, ratio < 10 ? 1 : 0), "strong");
        }
        svg.circle(dot, 5.5, "fill blue");
    }
    return svg.str();
}

std::string log_log_chart(const ChartLabels& labels, const std::vector<Curve>& curves) {
    constexpr double top = 34;
    constexpr double bottom = 372;
    double right = width;
    std::vector<double> xs;
    std::vector<double> ys;
    for (const Curve& curve : curves) {
        right = std::min(right, width - gap - text_width(curve.name));
        for (const Point& point : curve.points) {
            xs.push_back(point.x);
            ys.push_back(point.y);
        }
    }
    const LogAxis y = axis_for(ys, bottom, top);
    const double left = width_of_names(y) + gap;
    const LogAxis x = axis_for(xs, left, right);

    Svg svg(width, bottom + 48, labels.title, labels.description);
    draw_rows(svg, y, left, right);
    draw_columns(svg, x, top, bottom);
    svg.text({0, 14}, labels.y);
    svg.text({right, bottom + 42}, labels.x, "", Anchor::end);
    double name_y = std::numeric_limits<double>::infinity();
    for (const Curve& curve : curves) {
        const Point end = draw_curve(svg, curve, x, y);
        name_y = std::min(end.y + 5, name_y - 19);  // above the one before
        svg.text({right + gap, name_y}, curve.name, "strong " + curve.style);
    }
    return svg.str();
}

}  // namespace microgpt::plot
