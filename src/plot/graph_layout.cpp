// The layout of a graph: which column, and then which height.
#include "plot/graph_layout.hpp"

#include <algorithm>
#include <stdexcept>

#include "plot/columns.hpp"

namespace microgpt::plot {

namespace {

constexpr double arrow_room = 0.5;  // of a box

std::vector<int> columns_of(const std::vector<GraphNode>& nodes) {
    const int unused = static_cast<int>(nodes.size());
    std::vector<int> columns(nodes.size(), 0);
    std::vector<int> first_uses(nodes.size(), unused);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        for (const int input : nodes[i].inputs) {
            columns[i] = std::max(columns[i], columns[input] + 1);
        }
        for (const int input : nodes[i].inputs) {
            first_uses[input] = std::min(first_uses[input], columns[i]);
        }
    }
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const bool leaf = nodes[i].inputs.empty();
        if (leaf && first_uses[i] != unused) columns[i] = first_uses[i] - 1;
    }
    return columns;
}

/// Heights to begin with: leaves in their order, a result between what it is made of.
std::vector<double> first_heights_of(const std::vector<GraphNode>& nodes) {
    std::vector<double> heights;
    double leaves = 0;
    for (const GraphNode& node : nodes) {
        double sum = 0;
        for (const int input : node.inputs) sum += heights[input];
        const double count = static_cast<double>(node.inputs.size());
        heights.push_back(node.inputs.empty() ? leaves++ : sum / count);
    }
    return heights;
}

/// Adds what an arrow needs in each column it crosses, and returns the items.
std::vector<int> add_crossings(Columns& columns, const Arrow& arrow,
                               const std::vector<int>& column_of_node) {
    std::vector<int> items;
    int left = arrow.from;
    for (int i = column_of_node[arrow.from] + 1; i < column_of_node[arrow.to]; ++i) {
        items.push_back(columns.add(i, arrow_room, columns.height(left)));
        columns.join(left, items.back());
        left = items.back();
    }
    columns.join(left, arrow.to);
    return items;
}

std::vector<double> heights_of(const Columns& columns, const std::vector<int>& items) {
    std::vector<double> heights;
    for (const int item : items) heights.push_back(columns.height(item));
    return heights;
}

/// The height at which an arrow comes into the column before its node.
double entry(const Layout& layout, const Arrow& arrow) {
    return arrow.crossings.empty() ? layout.heights[arrow.from] : arrow.crossings.back();
}

/// Lets arrows that end at one node arrive in the order in which they come, without crossing.
void spread_arrivals(Layout& layout) {
    for (Arrow& arrow : layout.arrows) {
        double all = 0;
        double above = 0.5;
        for (const Arrow& other : layout.arrows) {
            if (other.to != arrow.to) continue;
            const double distance = entry(layout, other) - entry(layout, arrow);
            if (distance < 0 || (distance == 0 && &other < &arrow)) ++above;
            ++all;
        }
        arrow.arrival = above / all - 0.5;
    }
}

}  // namespace

Layout layout_of(const std::vector<GraphNode>& nodes) {
    require_inputs_first(nodes);
    Layout result;
    result.columns = columns_of(nodes);
    const std::vector<double> first_heights = first_heights_of(nodes);
    Columns columns;
    std::vector<int> boxes;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        boxes.push_back(columns.add(result.columns[i], 1, first_heights[i]));
    }
    std::vector<std::vector<int>> crossings;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        for (const int input : nodes[i].inputs) {
            result.arrows.push_back({input, static_cast<int>(i)});
            crossings.push_back(add_crossings(columns, result.arrows.back(), result.columns));
        }
    }
    columns.arrange();
    result.heights = heights_of(columns, boxes);
    for (std::size_t i = 0; i < crossings.size(); ++i) {
        result.arrows[i].crossings = heights_of(columns, crossings[i]);
    }
    spread_arrivals(result);
    result.column_count = columns.column_count();
    result.height = columns.total_height();
    return result;
}

void require_inputs_first(const std::vector<GraphNode>& nodes) {
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        for (const int input : nodes[i].inputs) {
            if (input >= 0 && input < static_cast<int>(i)) continue;
            throw std::invalid_argument("node " + std::to_string(i) + " is made of node " +
                                        std::to_string(input) + ": put inputs first");
        }
    }
}

}  // namespace microgpt::plot
