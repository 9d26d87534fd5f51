// Dots: a canvas for a terminal, of Braille characters two dots wide and four high.
#pragma once

#include <string>
#include <vector>

namespace microgpt::plot {

/// A grid of dots, each set or not. The dot at (0, 0) is in the lower left corner.
class Dots {
  public:
    /// The sizes in characters, one at the least.
    Dots(std::size_t width, std::size_t height);

    double last_x() const { return static_cast<double>(2 * width_ - 1); }
    double last_y() const { return static_cast<double>(4 * height_ - 1); }
    /// Which row of characters holds the dots at `y`. The first is the topmost.
    std::size_t row(double y) const;

    /// Sets the dot nearest to a point, if there is one.
    void set(double x, double y);
    /// Sets the dots between two points, or, dashed, those in every other stretch of four.
    void connect(double x0, double y0, double x1, double y1, bool dashed = false);

    /// The characters of one row, in UTF-8.
    std::string str(std::size_t row) const;

  private:
    std::size_t width_;
    std::size_t height_;
    std::vector<unsigned char> cells_;  // row by row, eight dots in each
};

}  // namespace microgpt::plot
