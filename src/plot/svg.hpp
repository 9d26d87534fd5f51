// Svg: a canvas whose pictures read on a light page and on a dark one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace microgpt::plot {

/// A place on the canvas, in pixels from its top left corner.
struct Point {
    double x;
    double y;
};

/// Which end of a text stands at its point.
enum class Anchor { start, middle, end };

/// Collects shapes and writes them as one <svg> element, later ones on top. `style` is one or more
/// classes of svg_style.hpp, which hold all colours. Texts are UTF-8.
class Svg {
  public:
    /// The title and the description are what a screen reader says.
    Svg(double width, double height, std::string title, std::string description);

    /// A straight line.
    void line(Point from, Point to, std::string_view style);
    /// Straight lines from each point to the next.
    void polyline(const std::vector<Point>& points, std::string_view style);
    /// Any outline, in SVG's own path language.
    void path(std::string_view outline, std::string_view style, double opacity = 1);
    /// A rectangle with round corners, from its upper left one.
    void rect(Point corner, double width, double height, std::string_view style);
    /// A circle.
    void circle(Point centre, double radius, std::string_view style);
    /// One line of text, its baseline at the point.
    void text(Point at, std::string_view words, std::string_view style = "",
              Anchor anchor = Anchor::start);
    /// The shapes of another picture, its corner at the point.
    void place(const Svg& picture, Point corner);

    double width() const { return width_; }
    double height() const { return height_; }
    /// The whole picture: a file of its own, or to be put inside a page.
    std::string str() const;

  private:
    double width_;
    double height_;
    std::string title_;
    std::string description_;
    std::string shapes_;
};

/// One step of a path: its command and where to, as in "M12.5,40".
std::string step(char command, Point to);

/// About how wide a text will be. Readers' fonts differ, so this is on the large side.
double text_width(std::string_view words);

}  // namespace microgpt::plot
