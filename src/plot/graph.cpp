// The graph for a page: boxes, circles, and curves between them.
#include "plot/graph.hpp"

#include <algorithm>

#include "plot/graph_layout.hpp"
#include "plot/labels.hpp"
#include "plot/svg.hpp"

namespace microgpt::plot {

namespace {

constexpr double box_height = 66;
constexpr double row_height = 84;
constexpr double padding = 10;
constexpr double curve_width = 40;  // from a box to the next operation's circle, at the least
constexpr double circle_gap = 14;   // from the circle to its box
constexpr double arrowhead = 8;
constexpr double port_height = 24;  // what the arrows that end at one circle share

/// Part of a path: a smooth way between two points that leaves and arrives level.
std::string curve(Point from, Point to) {
    const double middle = (from.x + to.x) / 2;
    return step('C', {middle, from.y}) + step(' ', {middle, to.y}) + step(' ', to);
}

/// The radius of an operation's circle.
double radius_of(const GraphNode& node) { return std::max(13.0, text_width(node.op) / 2 + 1); }

/// A layout in pixels.
struct Places {
    explicit Places(const std::vector<GraphNode>& nodes);

    double left(int column) const { return column * (box_width + column_gap); }
    double y(double height) const { return height * row_height - (row_height - box_height) / 2; }
    /// The middle of a box's left side.
    Point box(int node) const { return {left(layout.columns[node]), y(layout.heights[node])}; }

    Layout layout;
    double box_width = 0;
    double column_gap = 0;
};

Places::Places(const std::vector<GraphNode>& nodes) : layout(layout_of(nodes)) {
    for (const GraphNode& node : nodes) {
        const double words =
            std::max({text_width(node.label), text_width("data " + short_number(node.data)),
                      text_width("grad " + short_number(node.gradient))});
        box_width = std::max(box_width, words + 2 * padding);
        column_gap = std::max(column_gap, curve_width + 2 * radius_of(node) + circle_gap);
    }
}

void draw_box(Svg& svg, const GraphNode& node, Point at, double width) {
    const double right = at.x + width - padding;
    svg.rect({at.x + 0.5, at.y - box_height / 2 + 0.5}, width - 1, box_height - 1,
             "line card soft");
    svg.text({at.x + width / 2, at.y - 13}, node.label, "strong", Anchor::middle);
    svg.text({at.x + padding, at.y + 6}, "data", "soft");
    svg.text({right, at.y + 6}, short_number(node.data), "", Anchor::end);
    svg.text({at.x + padding, at.y + 24}, "grad", "soft");
    svg.text({right, at.y + 24}, short_number(node.gradient), "orange", Anchor::end);
}

void draw_operation(Svg& svg, const GraphNode& node, Point box) {
    const double radius = radius_of(node);
    const Point middle = {box.x - circle_gap - radius, box.y};
    svg.circle(middle, radius, "line soft");
    svg.text({middle.x, middle.y + 5}, node.op, "", Anchor::middle);
    svg.line({middle.x + radius, box.y}, box, "line soft");
}

void draw_arrow(Svg& svg, const Places& places, const Arrow& arrow, const GraphNode& to) {
    int column = places.layout.columns[arrow.from];
    Point at = {places.left(column) + places.box_width, places.box(arrow.from).y};
    std::string way = step('M', at);
    for (const double height : arrow.crossings) {
        ++column;
        way += curve(at, {places.left(column), places.y(height)});
        at = {places.left(column) + places.box_width, places.y(height)};
        way += step('L', at);
    }
    const double radius = radius_of(to);
    const Point box = places.box(arrow.to);
    const Point tip = {box.x - circle_gap - 2 * radius - 1, box.y + arrow.arrival * port_height};
    svg.path(way + curve(at, {tip.x - arrowhead, tip.y}), "line soft");
    svg.path(step('M', tip) + "l-8,-4v8z", "fill soft");
}

}  // namespace

std::string graph_svg(const std::string& title, const std::string& description,
                      const std::vector<GraphNode>& nodes) {
    const Places places(nodes);
    Svg svg(places.left(places.layout.column_count) - places.column_gap,
            places.y(places.layout.height), title, description);
    for (const Arrow& arrow : places.layout.arrows) {
        draw_arrow(svg, places, arrow, nodes[arrow.to]);
    }
    for (int i = 0; i < static_cast<int>(nodes.size()); ++i) {
        draw_box(svg, nodes[i], places.box(i), places.box_width);
        if (!nodes[i].inputs.empty()) draw_operation(svg, nodes[i], places.box(i));
    }
    return svg.str();
}

}  // namespace microgpt::plot
