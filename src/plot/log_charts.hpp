// Charts for what spans many powers of ten: bars, and curves with both axes logarithmic.
#pragma once

#include <string>
#include <vector>

#include "plot/chart.hpp"
#include "plot/svg.hpp"

namespace microgpt::plot {

/// A bar: what it is called, how long it is, above 0, and what is written at its end.
struct Bar {
    std::string name;
    double value;
    std::string note;
};

/// Bars below each other, each as SVG. The axis goes by powers of ten.
std::string log_bars(const ChartLabels& labels, const std::vector<Bar>& bars);

/// Points that belong together, both coordinates above 0, in the order of x.
struct Curve {
    std::string name;
    std::vector<Point> points;
};

/// Curves as SVG, each with its name at its right end. Both axes go by powers of ten, so what grows
/// in proportion to x climbs as the dashed lines do, each of which begins where its curve begins.
/// Curves that end higher come later.
std::string log_log_chart(const ChartLabels& labels, const std::vector<Curve>& curves);

}  // namespace microgpt::plot
