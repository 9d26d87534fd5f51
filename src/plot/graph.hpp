// Graphs: how a number was computed, as a picture of boxes and arrows.
#pragma once

#include <string>
#include <vector>

namespace microgpt::plot {

/// A number in a computation, and what it was made of.
struct GraphNode {
    std::string label;
    std::string op;  // the operation that made it; empty for a leaf
    double data = 0;
    double gradient = 0;
    std::vector<int> inputs = {};  // their places among the nodes, all of them before this one
};

/// The graph in Graphviz's DOT language, left to right, an operation before its result. This and
/// the others throw std::invalid_argument for an input that does not come before its node.
std::string graph_dot(const std::vector<GraphNode>& nodes);

/// The graph as SVG, in a layout of our own.
std::string graph_svg(const std::string& title, const std::string& description,
                      const std::vector<GraphNode>& nodes);

/// The graph as a table in plain text, a number on each line.
std::string terminal_graph(const std::vector<GraphNode>& nodes);

}  // namespace microgpt::plot
