// The heat map for a terminal: a background of some colour, or a character of some darkness.
#include <algorithm>
#include <cmath>

#include "plot/heat_map.hpp"
#include "plot/labels.hpp"

namespace microgpt::plot {

namespace {

std::size_t widest(const std::vector<std::string>& labels) {
    std::size_t width = 0;
    for (const std::string& label : labels) width = std::max(width, length(label));
    return width;
}

std::string trimmed(const std::string& line) {
    return line.substr(0, line.find_last_not_of(' ') + 1);
}

/// `text` on a background between night blue and sky blue, in white or black.
std::string on_color(const std::string& text, double strength) {
    constexpr double night[] = {20, 28, 44};
    constexpr double sky[] = {92, 184, 255};
    std::string code = strength < 0.6 ? "97;48;2" : "30;48;2";
    for (int i = 0; i < 3; ++i) {
        code += ';';
        code += number(night[i] + strength * (sky[i] - night[i]), 0);
    }
    return "\x1b[" + code + "m" + text + "\x1b[0m";
}

const char* block(double strength) {
    constexpr const char* blocks[] = {" ", "░", "▒", "▓", "█"};
    return blocks[std::lround(4 * strength)];
}

/// The blocks, each with the least value it stands for.
std::string legend(const HeatMap& map) {
    const Shade shade(map);
    std::string text;
    for (int i = 1; i <= 4; ++i) {
        text += (i == 1 ? "" : ", ") + std::string(block(i / 4.0)) + " from ";
        text += percent(shade.value((i - 0.5) / 4));
    }
    return text + "\n";
}

/// How the cells of one table are written.
struct Style {
    bool color;
    bool numbers;
    std::size_t width;

    std::string label(const std::string& label) const {
        return numbers ? align_right(label, width - 2) + "  " : align_left(label, width);
    }

    std::string cell(double value, double strength) const {
        if (std::isnan(value)) return std::string(width, ' ');
        const std::string text = numbers ? align_right(percent(value), width - 2) : "";
        if (color) return on_color(align_left(text, width), strength);
        return text + repeat(block(strength), width - length(text));
    }
};

}  // namespace

std::string terminal_heat_map(const HeatMap& map, bool color) {
    const bool numbers = shows_numbers(map);
    const std::size_t narrowest = numbers ? 7 : 2;
    const Style style = {color, numbers, std::max(narrowest, widest(map.columns) + 1)};
    const std::size_t margin = widest(map.rows);
    std::string text = map.title.empty() ? "" : map.title + "\n";
    if (!map.row_title.empty()) text += "↓ " + map.row_title + ", → " + map.column_title + "\n";
    std::string line(margin + 1, ' ');
    for (const std::string& column : map.columns) line += style.label(column);
    text += trimmed(line) + "\n";
    const Shade shade(map);
    for (std::size_t row = 0; row < map.values.size(); ++row) {
        line = align_right(map.rows.at(row), margin) + " ";
        for (const double value : map.values[row]) line += style.cell(value, shade(value));
        text += trimmed(line) + "\n";
    }
    if (!color && !numbers) text += legend(map);
    return text;
}

}  // namespace microgpt::plot
