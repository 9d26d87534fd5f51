// The graph for Graphviz.
#include "plot/graph.hpp"
#include "plot/graph_layout.hpp"
#include "plot/labels.hpp"

namespace microgpt::plot {

namespace {

/// `text` with a backslash before what has a meaning in a record's label.
std::string escape(const std::string& text) {
    std::string escaped;
    for (const char c : text) {
        if (std::string_view("\\\"{}|<>").find(c) != std::string_view::npos) escaped += '\\';
        escaped += c;
    }
    return escaped;
}

}  // namespace

std::string graph_dot(const std::vector<GraphNode>& nodes) {
    require_inputs_first(nodes);
    std::string dot = "digraph {\n  rankdir=LR\n  node [fontname=\"sans-serif\"]\n";
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const GraphNode& node = nodes[i];
        const std::string place = std::to_string(i);
        dot += "  node" + place + " [shape=record, label=\"" + escape(node.label) + " | data " +
               short_number(node.data) + " | grad " + short_number(node.gradient) + "\"]\n";
        if (node.inputs.empty()) continue;
        dot += "  op" + place + " [shape=circle, label=\"" + escape(node.op) + "\"]\n";
        for (const int input : node.inputs) {
            dot += "  node" + std::to_string(input) + " -> op" + place + "\n";
        }
        dot += "  op" + place + " -> node" + place + "\n";
    }
    return dot + "}\n";
}

}  // namespace microgpt::plot
