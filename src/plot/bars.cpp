// Bars: rectangles on a line, and their words.
#include "plot/bars.hpp"

#include <algorithm>
#include <string>

namespace microgpt::plot {

void draw_bar(Svg& svg, Point corner, double width, double height, std::string_view color) {
    const Point opposite = {corner.x + width, corner.y + height};
    svg.path(step('M', corner) + step('L', {opposite.x, corner.y}) + step('L', opposite) +
                 step('L', {corner.x, opposite.y}) + "z",
             std::string("fill ").append(color));
}

void draw_bars(Svg& svg, const BarRow& row, const std::vector<Bar>& bars, std::string_view color) {
    const double pitch = row.width / static_cast<double>(bars.size());
    const double width = std::min(0.7 * pitch, 44.0);
    double middle = row.start.x + pitch / 2;
    for (const Bar& bar : bars) {
        const double height = bar.value / row.full * row.height;
        const double top = row.start.y - height;
        draw_bar(svg, {middle - width / 2, top}, width, height, color);
        svg.text({middle, top - 6}, bar.note, "", Anchor::middle);
        svg.text({middle, row.start.y + 18}, bar.name, "soft", Anchor::middle);
        middle += pitch;
    }
    svg.line(row.start, {row.start.x + row.width, row.start.y}, "line soft");
}

}  // namespace microgpt::plot
