// Diagrams: boxes with words in them, and arrows from one to the next.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plot/svg.hpp"

namespace microgpt::plot {

/// A card around `middle` with lines of text: the first one strong, what follows soft.
void draw_box(Svg& svg, Point middle, double width, double height,
              const std::vector<std::string>& lines, std::string_view color);

/// An arrow along some points, two at the least, with its tip at the last.
void draw_arrow(Svg& svg, const std::vector<Point>& points, std::string_view color);

/// A circle with a sign in it, as for an addition.
void draw_sign(Svg& svg, Point middle, std::string_view sign, std::string_view color);

/// The radius of that circle.
constexpr double sign_radius = 12;

}  // namespace microgpt::plot
