// Dots: eight bits a character.
#include "plot/dots.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace microgpt::plot {

namespace {

/// How Unicode numbers the dots of a Braille character, from the top row down.
constexpr unsigned char bits[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

std::size_t nearest(double place) { return static_cast<std::size_t>(std::lround(place)); }

}  // namespace

Dots::Dots(std::size_t width, std::size_t height)
    : width_(width), height_(height), cells_(width * height) {
    if (cells_.empty()) throw std::invalid_argument("no room for dots: make it one by one or more");
}

std::size_t Dots::row(double y) const { return nearest(last_y() - y) / 4; }

void Dots::set(double x, double y) {
    const std::size_t column = nearest(x);
    const std::size_t line = nearest(last_y() - y);
    if (column >= 2 * width_ || line >= 4 * height_) return;
    cells_[line / 4 * width_ + column / 2] |= bits[line % 4][column % 2];
}

void Dots::connect(double x0, double y0, double x1, double y1, bool dashed) {
    const auto steps = std::lround(std::max({1.0, std::fabs(x1 - x0), std::fabs(y1 - y0)}) + 0.5);
    for (long i = 0; i <= steps; ++i) {
        const double along = static_cast<double>(i) / static_cast<double>(steps);
        const double x = x0 + (x1 - x0) * along;
        if (!dashed || std::lround(x) % 8 < 4) set(x, y0 + (y1 - y0) * along);
    }
}

std::string Dots::str(std::size_t row) const {
    std::string text;
    for (std::size_t i = row * width_; i < (row + 1) * width_; ++i) {
        text += '\xE2';  // the three bytes of U+2800 plus the bits
        text += static_cast<char>(0xA0 | cells_[i] >> 6);
        text += static_cast<char>(0x80 | (cells_[i] & 0x3F));
    }
    return text;
}

}  // namespace microgpt::plot
