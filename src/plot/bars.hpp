// Bars: parts of a picture that are as long as a number is large.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plot/svg.hpp"

namespace microgpt::plot {

/// A bar: what it is called, how long it is, above 0, and what is written at its end.
struct Bar {
    std::string name;
    double value;
    std::string note;
};

/// A rectangle with sharp corners, from its upper left one: a bar that begins on a line.
void draw_bar(Svg& svg, Point corner, double width, double height, std::string_view color);

/// Where bars stand: side by side from the left, on a base line.
struct BarRow {
    Point start;  // the left end of the base line
    double width;
    double height;  // of a bar whose value is `full`
    double full = 1;
};

/// Upright bars, each with its note above and its name below the base line. Notes and names need 20
/// pixels more each.
void draw_bars(Svg& svg, const BarRow& row, const std::vector<Bar>& bars, std::string_view color);

}  // namespace microgpt::plot
