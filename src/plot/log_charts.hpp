// Charts for what spans many powers of ten: a ladder, and curves with both axes logarithmic.
#pragma once

#include <string>
#include <vector>

#include "plot/chart.hpp"
#include "plot/svg.hpp"

namespace microgpt::plot {

/// A rung: what it is called, its value, above 0, and how that is written.
struct Rung {
    std::string name;
    double value;
    std::string note;
};

/// Rungs below each other as SVG: dots above an axis that goes by powers of ten, and between two
/// dots how many times less the lower one is.
std::string log_ladder(const ChartLabels& labels, const std::vector<Rung>& rungs);

/// Points that belong together, both coordinates above 0, in the order of x.
struct Curve {
    std::string name;
    std::string style;  // "blue", or "dashed blue"
    std::vector<Point> points;
};

/// Curves as SVG, each with its name at its right end. Both axes go by powers of ten, so what grows
/// in proportion to x climbs as the grey lines do, each of which begins where its curve begins.
/// Curves that end higher come later.
std::string log_log_chart(const ChartLabels& labels, const std::vector<Curve>& curves);

}  // namespace microgpt::plot
