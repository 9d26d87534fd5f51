// The layout of a graph: columns from left to right, and no box in an arrow's way.
#pragma once

#include <vector>

#include "plot/graph.hpp"

namespace microgpt::plot {

/// The way from an input to the node it is an input of.
struct Arrow {
    int from;
    int to;
    std::vector<double> crossings = {};  // its height in each column between the two
    double arrival = 0;  // where among the node's arrows: from -0.5, the topmost, to 0.5
};

/// Where everything goes. Columns are counted from the left; heights are in boxes, from the top.
struct Layout {
    std::vector<int> columns;     // of each node
    std::vector<double> heights;  // of each node's middle
    std::vector<Arrow> arrows;    // node by node, inputs in order
    int column_count = 0;
    double height = 0;
};

/// Places each node right after the last of its inputs, and a leaf right before its first use.
Layout layout_of(const std::vector<GraphNode>& nodes);

/// Throws std::invalid_argument for an input that does not come before its node.
void require_inputs_first(const std::vector<GraphNode>& nodes);

}  // namespace microgpt::plot
