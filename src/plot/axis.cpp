// Axis: how to choose the round numbers.
#include "plot/axis.hpp"

#include <algorithm>
#include <cmath>

#include "plot/labels.hpp"

namespace microgpt::plot {

namespace {

constexpr double leeway = 1e-6;  // of a step: 0.6 is not quite three times 0.2

double round_step(double span, int most) {
    double step = 1;
    while (span / step > most) step *= 10;
    while (span / step <= most / 10.0) step /= 10;
    if (span / (step / 5) <= most) return step / 5;
    if (span / (step / 2) <= most) return step / 2;
    return step;
}

}  // namespace

std::vector<double> Axis::ticks() const {
    const double first = std::ceil(low / step - leeway);
    const double last = std::floor(high / step + leeway);
    std::vector<double> ticks;
    for (int i = 0; first + i <= last; ++i) ticks.push_back((first + i) * step);
    return ticks;
}

std::string Axis::label(double tick) const {
    if (std::fabs(tick) >= 1e6) return short_number(tick);
    int decimals = 0;
    for (double unit = 1; unit > step * 1.001 && decimals < 9; unit /= 10) ++decimals;
    return fixed_number(tick, decimals);
}

Axis round_axis(const std::vector<double>& values, int most) {
    double low = HUGE_VAL;
    double high = -HUGE_VAL;
    for (const double value : values) {
        if (!std::isfinite(value)) continue;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    if (low > high) return {0, 1, 1};
    const double size = std::max(std::fabs(low), std::fabs(high));
    if (high - low <= 1e-9 * size) {  // as good as flat
        low -= size > 0 ? size / 2 : 1;
        high += size > 0 ? size / 2 : 1;
    }
    const double step = round_step(high - low, most);
    return {std::floor(low / step + leeway) * step, std::ceil(high / step - leeway) * step, step};
}

Axis counting_axis(std::size_t count, int most) {
    const double last = static_cast<double>(std::max<std::size_t>(count, 2));
    return {1, last, std::max(1.0, round_step(last, most))};
}

Axes axes_for(const std::vector<Series>& series, const std::optional<Reference>& reference,
              int most_x, int most_y) {
    std::vector<double> values;
    std::size_t longest = 0;
    for (const Series& one : series) {
        values.insert(values.end(), one.values.begin(), one.values.end());
        longest = std::max(longest, one.values.size());
    }
    if (reference) values.push_back(reference->y);
    return {counting_axis(longest, most_x), round_axis(values, most_y)};
}

}  // namespace microgpt::plot
