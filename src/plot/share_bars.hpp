// Share bars: how one is divided, as a row of bars; several times over, for comparison.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plot/series.hpp"

namespace microgpt::plot {

/// Shares of one, and what they are called together.
struct Division {
    std::string title;
    std::vector<double> shares;
};

/// Divisions below each other as SVG, all to one scale, each over the same row of names. The
/// reference is a dashed line through each.
std::string share_bars(const std::string& title, const std::string& description,
                       const std::vector<std::string>& names,
                       const std::vector<Division>& divisions,
                       const std::optional<Reference>& reference = {});

}  // namespace microgpt::plot
