// Axis: round numbers beside a picture.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plot/series.hpp"

namespace microgpt::plot {

/// A straight scale: the values at its two ends, and how far apart its ticks are.
struct Axis {
    double low;
    double high;
    double step;

    /// Where a value stands: 0 at the low end, 1 at the high one.
    double share(double value) const { return (value - low) / (high - low); }
    /// The multiples of step, from low to high.
    std::vector<double> ticks() const;
    /// A tick as text, with the decimals that all ticks need.
    std::string label(double tick) const;
};

/// An axis that begins and ends with a tick and holds all finite `values`. Its step is 1, 2 or 5
/// times a power of ten, the smallest of which `most` fit between the values.
Axis round_axis(const std::vector<double>& values, int most);

/// An axis from 1 to `count`, with ticks at whole numbers.
Axis counting_axis(std::size_t count, int most);

/// Both directions of a chart.
struct Axes {
    Axis x;
    Axis y;
};

/// Axes that hold all series and the reference, with at most so many steps between the values.
Axes axes_for(const std::vector<Series>& series, const std::optional<Reference>& reference,
              int most_x, int most_y);

}  // namespace microgpt::plot
