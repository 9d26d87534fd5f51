// The chart for a page: axes, lines, and names where the lines end.
#include "plot/chart.hpp"

#include <algorithm>
#include <iterator>

#include "plot/axis.hpp"
#include "plot/svg.hpp"

namespace microgpt::plot {

namespace {

constexpr double width = 540;
constexpr double height = 320;
constexpr double top = 34;              // room for the name of the y axis
constexpr double bottom = height - 48;  // and for the numbers and the name of the x axis
constexpr double gap = 8;               // between a line and the text beside it
constexpr double line_height = 19;
constexpr std::size_t columns = 300;  // of values: about one for every pixel and a half
constexpr std::size_t mean_columns =
    100;  // a mean turns slowly, and a page with many has to be sent
constexpr const char* colors[] = {"blue", "orange", "green", "purple"};

/// The rectangle between the axes.
struct Frame {
    Axes axes;
    double left = 0;
    double right = width;

    double across(double x) const { return left + axes.x.share(x) * (right - left); }
    double down(double y) const { return bottom - axes.y.share(y) * (bottom - top); }
};

/// A text at the right end of a line.
struct EndLabel {
    double y;
    std::string text;
    std::string style;
};

/// Leaves room for the numbers on the left, and for the names on the right.
Frame frame_for(const std::vector<Series>& series, const std::optional<Reference>& reference) {
    Frame frame = {axes_for(series, reference, 8, 6)};
    const auto keep_right = [&](const std::string& name) {
        frame.right = std::min(frame.right, width - gap - text_width(name));
    };
    for (const Series& one : series) keep_right(one.name);
    if (reference) keep_right(reference->label);
    for (const double tick : frame.axes.y.ticks()) {
        const double room = text_width(frame.axes.y.label(tick)) + gap;
        frame.left = std::max(frame.left, room);
    }
    return frame;
}

void draw_axes(Svg& svg, const Frame& frame, const ChartLabels& labels) {
    for (const double tick : frame.axes.y.ticks()) {
        const double y = frame.down(tick);
        svg.line({frame.left, y}, {frame.right, y}, "line rule");
        svg.text({frame.left - gap, y + 4.5}, frame.axes.y.label(tick), "soft", Anchor::end);
    }
    for (const double tick : frame.axes.x.ticks()) {
        const double x = frame.across(tick);
        svg.line({x, bottom}, {x, bottom + 4}, "line rule");
        svg.text({x, bottom + 18}, frame.axes.x.label(tick), "soft", Anchor::middle);
    }
    svg.text({0, 14}, labels.y);
    svg.text({frame.right, height - 6}, labels.x, "", Anchor::end);
}

std::vector<Point> points_of(const std::vector<double>& values, const Frame& frame,
                             std::size_t most_columns) {
    std::vector<Point> points;
    for (const std::size_t i : outline(values, most_columns)) {
        points.push_back({frame.across(static_cast<double>(i + 1)), frame.down(values[i])});
    }
    return points;
}

/// Draws one series, and returns where its name belongs.
EndLabel draw_series(Svg& svg, const Frame& frame, const Series& series, const std::string& color) {
    std::vector<Point> points = points_of(series.values, frame, columns);
    if (is_long(series)) {
        svg.polyline(points, "line faint " + color);
        points = points_of(running_mean(series.values), frame, mean_columns);
    }
    svg.polyline(points, "line bold " + color);
    return {points.empty() ? bottom : points.back().y, series.name, "strong " + color};
}

/// Writes the labels from the top down, moving those that would touch.
void draw_labels(Svg& svg, const Frame& frame, std::vector<EndLabel> labels) {
    std::ranges::stable_sort(labels, {}, &EndLabel::y);
    for (std::size_t i = 1; i < labels.size(); ++i) {
        labels[i].y = std::max(labels[i].y, labels[i - 1].y + line_height);
    }
    for (std::size_t i = labels.size(); i-- > 0;) {
        const double room = static_cast<double>(labels.size() - 1 - i) * line_height;
        labels[i].y = std::min(labels[i].y, bottom - room);
    }
    for (const EndLabel& label : labels) {
        svg.text({frame.right + gap, label.y + 5}, label.text, label.style);
    }
}

}  // namespace

std::string line_chart(const ChartLabels& labels, const std::vector<Series>& series,
                       const std::optional<Reference>& reference) {
    Svg svg(width, height, labels.title, labels.description);
    const Frame frame = frame_for(series, reference);
    draw_axes(svg, frame, labels);
    std::vector<EndLabel> ends;
    for (std::size_t i = 0; i < series.size(); ++i) {
        ends.push_back(draw_series(svg, frame, series[i], colors[i % std::size(colors)]));
    }
    if (reference) {
        const double y = frame.down(reference->y);
        svg.line({frame.left, y}, {frame.right, y}, "line dashed soft");
        ends.push_back({y, reference->label, "soft"});
    }
    draw_labels(svg, frame, ends);
    if (std::ranges::any_of(series, is_long)) {
        const std::string note = "thin: each value, bold: mean of the last ";
        svg.text({width, 14}, note + std::to_string(mean_window), "soft", Anchor::end);
    }
    return svg.str();
}

}  // namespace microgpt::plot
