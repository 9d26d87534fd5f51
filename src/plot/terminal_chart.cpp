// The chart for a terminal: dots, with texts on both sides.
#include <algorithm>
#include <map>

#include "plot/axis.hpp"
#include "plot/chart.hpp"
#include "plot/dots.hpp"
#include "plot/labels.hpp"

namespace microgpt::plot {

namespace {

/// The dots, and what stands beside them, by row from the top.
struct Chart {
    Dots dots;
    Axes axes;
    std::map<std::size_t, std::string> numbers = {};
    std::map<std::size_t, std::string> names = {};

    double across(double x) const { return axes.x.share(x) * dots.last_x(); }
    double up(double y) const { return axes.y.share(y) * dots.last_y(); }

    void add_name(double y, const std::string& name) {
        std::string& text = names[dots.row(up(y))];
        text += (text.empty() ? " " : ", ") + name;
    }
};

/// The series as they are drawn: means for values where a series is long.
std::vector<Series> smooth(std::vector<Series> series) {
    for (Series& one : series) {
        if (is_long(one)) one.values = running_mean(one.values);
    }
    return series;
}

void draw(Chart& chart, const Series& line, bool dashed) {
    const std::vector<std::size_t> places = outline(line.values, line.values.size());
    if (places.empty()) return;
    std::size_t last = places.front();
    for (const std::size_t i : places) {
        chart.dots.connect(chart.across(last + 1.0), chart.up(line.values[last]),
                           chart.across(i + 1.0), chart.up(line.values[i]), dashed);
        last = i;
    }
    chart.add_name(line.values[last], line.name + (dashed ? " (dashed)" : ""));
}

void draw(Chart& chart, const Reference& reference) {
    const double y = chart.up(reference.y);
    for (int x = 0; x <= chart.dots.last_x(); x += 4) chart.dots.set(x, y);
    chart.add_name(reference.y, reference.label);
}

std::string text_of(Chart& chart, std::size_t width, std::size_t height) {
    std::size_t margin = 0;
    for (const auto& [row, text] : chart.numbers) margin = std::max(margin, length(text));
    std::string text;
    for (std::size_t row = 0; row < height; ++row) {
        const std::string& label = chart.numbers[row];
        text += align_right(label, margin) + (label.empty() ? " │" : " ┤") + chart.dots.str(row) +
                chart.names[row] + "\n";
    }
    const std::string last = number(chart.axes.x.high);
    const std::size_t numbers = std::min(width, length(last) + 1);
    // Braille here as well: on a page, its font may be wider than that of the other characters.
    return text + align_right("╵", margin + 2) + repeat("⠉", width) + "\n" +
           std::string(margin + 2, ' ') + "1" + repeat("⠀", width - numbers) + last + "\n";
}

}  // namespace

std::string terminal_chart(const std::vector<Series>& series, std::size_t width, std::size_t height,
                           const std::optional<Reference>& reference) {
    const std::vector<Series> lines = smooth(series);
    const int most = std::max(1, static_cast<int>(height / 3));
    Chart chart = {Dots(width, height), axes_for(lines, reference, 1, most)};
    for (const double tick : chart.axes.y.ticks()) {
        chart.numbers[chart.dots.row(chart.up(tick))] = chart.axes.y.label(tick);
    }
    if (reference) draw(chart, *reference);
    for (std::size_t i = 0; i < lines.size(); ++i) draw(chart, lines[i], i % 2 == 1);
    std::string text = text_of(chart, width, height);
    if (std::ranges::any_of(series, is_long)) {
        text += "lines: mean of the last " + std::to_string(mean_window) + "\n";
    }
    return text;
}

}  // namespace microgpt::plot
