// The heat map for a page: labels, squares of one colour, and numbers on them.
#include "plot/heat_map.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "plot/labels.hpp"
#include "plot/svg.hpp"

namespace microgpt::plot {

namespace {

constexpr double line_height = 20;
constexpr double gap = 8;          // between a label and its row
constexpr double between = 36;     // one table and the next
constexpr double faintest = 0.06;  // a zero is there, unlike a NaN
constexpr double dark = 0.74;      // from here on, letters change sides to keep their contrast

std::string row_title(const HeatMap& map) {
    return map.row_title.empty() ? "" : "↓ " + map.row_title;
}

std::string column_title(const HeatMap& map) {
    return map.column_title.empty() ? "" : map.column_title + " →";
}

/// A table's measures.
struct Grid {
    double left = 0;           // of the first column
    double top = line_height;  // of the first row
    double cell;
    double width;
    double height;

    explicit Grid(const HeatMap& map) : cell(shows_numbers(map) ? 46 : 18) {
        const double titles = text_width(row_title(map) + column_title(map));
        if (titles > 0) top += line_height;
        for (const std::string& label : map.rows) left = std::max(left, text_width(label) + gap);
        width = std::max(left + cell * static_cast<double>(map.columns.size()), titles + gap);
        height = top + cell * static_cast<double>(map.rows.size());
    }

    Point corner(std::size_t row, std::size_t column) const {
        return {left + cell * static_cast<double>(column), top + cell * static_cast<double>(row)};
    }
};

struct Cell {
    Point corner;
    double value;
    double opacity;
};

/// The cells that are there.
std::vector<Cell> cells_of(const HeatMap& map, const Grid& grid) {
    const Shade shade(map);
    std::vector<Cell> cells;
    for (std::size_t row = 0; row < map.values.size(); ++row) {
        for (std::size_t column = 0; column < map.values[row].size(); ++column) {
            const double value = map.values[row][column];
            if (std::isnan(value)) continue;
            const double opacity = faintest + (1 - faintest) * shade(value);
            cells.push_back({grid.corner(row, column), value, opacity});
        }
    }
    return cells;
}

void draw_labels(Svg& svg, const HeatMap& map, const Grid& grid) {
    svg.text({0, 14}, row_title(map), "soft");
    svg.text({grid.width, 14}, column_title(map), "soft", Anchor::end);
    for (std::size_t row = 0; row < map.rows.size(); ++row) {
        const double middle = grid.corner(row, 0).y + grid.cell / 2;
        svg.text({grid.left - gap, middle + 5}, map.rows[row], "", Anchor::end);
    }
    for (std::size_t column = 0; column < map.columns.size(); ++column) {
        const double middle = grid.corner(0, column).x + grid.cell / 2;
        svg.text({middle, grid.top - 6}, map.columns[column], "", Anchor::middle);
    }
}

/// Cells of one shade are one path: so 27 by 27 of them are a small file.
void draw_cells(Svg& svg, const std::vector<Cell>& cells, double size) {
    const std::string side = number(size - 1);
    std::map<long, std::string> outlines;  // by percent of opacity
    for (const Cell& cell : cells) {
        outlines[std::lround(100 * cell.opacity)] +=
            step('M', cell.corner) + "h" + side + "v" + side + "h-" + side + "z";
    }
    for (const auto& [opacity, outline] : outlines) {
        svg.path(outline, "fill shade", static_cast<double>(opacity) / 100);
    }
}

void draw_numbers(Svg& svg, const std::vector<Cell>& cells, double size) {
    for (const Cell& cell : cells) {
        const Point middle = {cell.corner.x + size / 2, cell.corner.y + size / 2 + 5};
        const char* style = cell.opacity < dark ? "on-tint" : "on-shade";
        svg.text(middle, percent(cell.value), style, Anchor::middle);
    }
}

void draw_marks(Svg& svg, const HeatMap& map, const Grid& grid) {
    for (std::size_t row = 0; row < map.marked.size(); ++row) {
        const Point corner = grid.corner(row, map.marked[row]);
        svg.rect({corner.x + 0.5, corner.y + 0.5}, grid.cell - 2, grid.cell - 2,
                 "line bold orange");
    }
}

Svg picture_of(const HeatMap& map) {
    const Grid grid(map);
    const std::vector<Cell> cells = cells_of(map, grid);
    Svg svg(grid.width, grid.height, map.title, map.description);
    draw_labels(svg, map, grid);
    draw_cells(svg, cells, grid.cell);
    if (shows_numbers(map)) draw_numbers(svg, cells, grid.cell);
    draw_marks(svg, map, grid);
    return svg;
}

}  // namespace

Shade::Shade(const HeatMap& map) : full_(map.full) {
    if (full_ > 0) return;
    for (const std::vector<double>& row : map.values) {
        for (const double value : row) full_ = std::fmax(full_, value);
    }
}

std::string heat_map_svg(const HeatMap& map) { return picture_of(map).str(); }

std::string heat_maps_svg(const std::string& title, const std::string& description,
                          const std::vector<HeatMap>& maps) {
    std::vector<Svg> pictures;
    Point step = {0, 0};  // from one table to the next
    for (const HeatMap& map : maps) {
        pictures.push_back(picture_of(map));
        step.x = std::max(step.x, pictures.back().width() + between);
        step.y = std::max(step.y, pictures.back().height() + between + line_height);
    }
    const double columns = std::ceil(std::sqrt(static_cast<double>(maps.size())));
    const double rows = std::ceil(static_cast<double>(maps.size()) / columns);
    Svg svg(columns * step.x - between, rows * step.y - between, title, description);
    Point corner = {0, 0};
    for (std::size_t i = 0; i < maps.size(); ++i) {
        svg.text({corner.x, corner.y + 14}, maps[i].title, "strong");
        svg.place(pictures[i], {corner.x, corner.y + line_height});
        corner.x += step.x;
        if (corner.x >= columns * step.x) corner = {0, corner.y + step.y};
    }
    return svg.str();
}

}  // namespace microgpt::plot
