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

/// From one power of ten to another.
struct LogAxis {
    int low;  // exponents
    int high;

    double share(double value) const { return (std::log10(value) - low) / (high - low); }
    double share_of_power(int exponent) const {
        return static_cast<double>(exponent - low) / (high - low);
    }
};

LogAxis axis_for(const std::vector<double>& values) {
    const auto [least, most] = std::ranges::minmax(values);
    const int low = static_cast<int>(std::floor(std::log10(least)));
    return {low, std::max(low + 1, static_cast<int>(std::ceil(std::log10(most))))};
}

/// 10000 as "10,000", and 0.01 as it is.
std::string power_of_ten(int exponent) {
    if (exponent < 0) return "0." + std::string(static_cast<std::size_t>(-exponent) - 1, '0') + "1";
    std::string digits = "1" + std::string(static_cast<std::size_t>(exponent), '0');
    for (std::size_t end = digits.size(); end > 3; end -= 3) digits.insert(end - 3, ",");
    return digits;
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
    const LogAxis axis = axis_for(values);
    const auto across = [&](double share) { return left + share * (width - room - left); };

    Svg svg(width, bottom + 48, labels.title, labels.description);
    for (int exponent = axis.low; exponent <= axis.high; ++exponent) {
        const double x = across(axis.share_of_power(exponent));
        svg.line({x, top}, {x, bottom}, "line rule");
        svg.text({x, bottom + 18}, power_of_ten(exponent), "soft", Anchor::middle);
    }
    svg.text({width - room, bottom + 42}, labels.x, "", Anchor::end);
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const double y = top + row * static_cast<double>(i);
        const double end = across(axis.share(bars[i].value));
        svg.rect({left, y + 5}, std::max(end - left, 2.0), row - 10, "fill blue");
        svg.text({left - gap, y + row / 2 + 5}, bars[i].name, "", Anchor::end);
        svg.text({end + gap, y + row / 2 + 5}, bars[i].note, "strong");
    }
    return svg.str();
}

std::string log_log_chart(const ChartLabels& labels, const std::vector<Curve>& curves) {
    constexpr double top = 34;
    constexpr double bottom = 372;
    double left = 0;
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
    const LogAxis x_axis = axis_for(xs);
    const LogAxis y_axis = axis_for(ys);
    for (int exponent = y_axis.low; exponent <= y_axis.high; ++exponent) {
        left = std::max(left, text_width(power_of_ten(exponent)) + gap);
    }
    const auto across = [&](double share) { return left + share * (right - left); };
    const auto down = [&](double share) { return bottom - share * (bottom - top); };

    Svg svg(width, bottom + 48, labels.title, labels.description);
    for (int exponent = y_axis.low; exponent <= y_axis.high; ++exponent) {
        const double y = down(y_axis.share_of_power(exponent));
        svg.line({left, y}, {right, y}, "line rule");
        svg.text({left - gap, y + 4.5}, power_of_ten(exponent), "soft", Anchor::end);
    }
    for (int exponent = x_axis.low; exponent <= x_axis.high; ++exponent) {
        const double x = across(x_axis.share_of_power(exponent));
        svg.line({x, top}, {x, bottom}, "line rule");
        svg.text({x, bottom + 18}, power_of_ten(exponent), "soft", Anchor::middle);
    }
    svg.text({0, 14}, labels.y);
    svg.text({right, bottom + 42}, labels.x, "", Anchor::end);
    double last_label = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < curves.size(); ++i) {
        const std::string color = colors[i % std::size(colors)];
        std::vector<Point> points;
        for (const Point& point : curves[i].points) {
            points.push_back({across(x_axis.share(point.x)), down(y_axis.share(point.y))});
            svg.circle(points.back(), 3.5, "fill " + color);
        }
        const Point first = curves[i].points.front();
        const Point last = curves[i].points.back();
        const double in_proportion = first.y * last.x / first.x;
        svg.line(points.front(), {points.back().x, down(y_axis.share(in_proportion))},
                 "line dashed soft");
        svg.polyline(points, "line bold " + color);
        last_label = std::min(points.back().y + 5, last_label - 19);
        svg.text({right + gap, last_label}, curves[i].name, "strong " + color);
    }
    return svg.str();
}

}  // namespace microgpt::plot
