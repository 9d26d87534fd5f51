// Logarithmic charts: axes with a rule for every power of ten.
#include "plot/log_charts.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace microgpt::plot {

namespace {

constexpr double width = 640;
constexpr double gap = 8;
constexpr const char* colors[] = {"blue", "orange", "green", "purple"};

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

/// Dots, the line through them, and the dashed one of what grows in proportion. Returns the last
/// dot.
Point draw_curve(Svg& svg, const Curve& curve, const LogAxis& x, const LogAxis& y,
                 const std::string& color) {
    std::vector<Point> dots;
    for (const Point& point : curve.points) {
        dots.push_back({x.place(point.x), y.place(point.y)});
        svg.circle(dots.back(), 3.5, "fill " + color);
    }
    const Point first = curve.points.front();
    const double in_proportion = first.y * curve.points.back().x / first.x;
    svg.line(dots.front(), {dots.back().x, y.place(in_proportion)}, "line dashed soft");
    svg.polyline(dots, "line bold " + color);
    return dots.back();
}

}  // namespace

std::string log_bars(const ChartLabels& labels, const std::vector<Bar>& bars) {
    constexpr double row = 34;
    constexpr double top = 12;
    const double bottom = top + row * static_cast<double>(bars.size());
    double left = 0;
    double room = 0;  // for what is written at the ends
    std::vector<double> values;
    for (const Bar& bar : bars) {
        values.push_back(bar.value);
        left = std::max(left, text_width(bar.name) + gap);
        room = std::max(room, text_width(bar.note) + gap);
    }
    const LogAxis axis = axis_for(values, left, width - room);

    Svg svg(width, bottom + 48, labels.title, labels.description);
    draw_columns(svg, axis, top, bottom);
    svg.text({width - room, bottom + 42}, labels.x, "", Anchor::end);
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const double y = top + row * static_cast<double>(i);
        const double end = axis.place(bars[i].value);
        svg.rect({left, y + 5}, std::max(end - left, 2.0), row - 10, "fill blue");
        svg.text({left - gap, y + row / 2 + 5}, bars[i].name, "", Anchor::end);
        svg.text({end + gap, y + row / 2 + 5}, bars[i].note, "strong");
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
    for (std::size_t i = 0; i < curves.size(); ++i) {
        const std::string color = colors[i % std::size(colors)];
        const Point end = draw_curve(svg, curves[i], x, y, color);
        name_y = std::min(end.y + 5, name_y - 19);  // above the one before
        svg.text({right + gap, name_y}, curves[i].name, "strong " + color);
    }
    return svg.str();
}

}  // namespace microgpt::plot
