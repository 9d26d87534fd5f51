// Charts: a few series as lines, for a page and for a terminal.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plot/series.hpp"

namespace microgpt::plot {

/// What a chart is called, and what its two directions stand for.
struct ChartLabels {
    std::string title;
    std::string description;
    std::string x;
    std::string y;
};

/// The series as SVG, each with its name at its right end. A long series becomes two lines: its
/// values, thin, and their running mean, bold. The reference is a dashed line.
std::string line_chart(const ChartLabels& labels, const std::vector<Series>& series,
                       const std::optional<Reference>& reference = {});

/// The same in plain text: `width` by `height` characters of eight dots, with the numbers of the
/// y axis on the left and the names on the right. A long series is drawn as its running mean.
std::string terminal_chart(const std::vector<Series>& series, std::size_t width = 60,
                           std::size_t height = 12, const std::optional<Reference>& reference = {});

}  // namespace microgpt::plot
