// Heat maps: tables in which a larger number is a stronger shade.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

namespace microgpt::plot {

/// A table of shares. A cell that is NaN, like the future in causal attention, stays blank.
struct HeatMap {
    std::string title = {};
    std::string description = {};
    std::string row_title = {};     // what the rows stand for,
    std::string column_title = {};  // and what the columns do; or both empty
    std::vector<std::string> rows = {};
    std::vector<std::string> columns = {};
    std::vector<std::vector<double>> values = {};  // row by row
    double full = 1;                       // the value with the strongest shade; 0: the largest
    std::vector<std::size_t> marked = {};  // in each row the column with a frame; or empty
};

/// The table as SVG. Where there are at most ten columns, each cell shows its percentage.
std::string heat_map_svg(const HeatMap& map);

/// Several tables in one picture, each under its title.
std::string heat_maps_svg(const std::string& title, const std::string& description,
                          const std::vector<HeatMap>& maps);

/// The same in plain text, or with colours for a terminal that shows 24 bits of them.
std::string terminal_heat_map(const HeatMap& map, bool color);

// ---- What both kinds of picture ask

/// How strong the shade of a value is, from 0 to 1.
class Shade {
  public:
    explicit Shade(const HeatMap& map);
    double operator()(double value) const {
        return full_ > 0 ? std::clamp(value / full_, 0.0, 1.0) : 0;
    }
    /// The value that has a shade.
    double value(double strength) const { return strength * full_; }

  private:
    double full_;
};

/// Whether there is room for numbers.
inline bool shows_numbers(const HeatMap& map) { return map.columns.size() <= 10; }

}  // namespace microgpt::plot
