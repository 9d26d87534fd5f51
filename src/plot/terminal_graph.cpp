// The graph for a terminal: the numbers in the order in which they were made.
#include <algorithm>
#include <cctype>

#include "plot/graph.hpp"
#include "plot/graph_layout.hpp"
#include "plot/labels.hpp"

namespace microgpt::plot {

namespace {

using Row = std::vector<std::string>;

std::string name_of(const std::vector<GraphNode>& nodes, std::size_t node) {
    const std::string place = std::to_string(node);
    return nodes[node].label.empty() ? "#" + place : nodes[node].label;
}

bool is_word(const std::string& op) {
    return op.empty() || std::isalpha(static_cast<unsigned char>(op[0])) != 0;
}

/// How a number was made: "a * b", or "relu(x)".
std::string origin(const std::vector<GraphNode>& nodes, const GraphNode& node) {
    if (node.inputs.empty()) return "";
    const bool infix = node.inputs.size() == 2 && !is_word(node.op);
    std::string text;
    for (const int input : node.inputs) {
        std::string name = name_of(nodes, input);
        if (infix && name.find(' ') != std::string::npos) name = "(" + name + ")";
        if (!text.empty()) text += infix ? " " + node.op + " " : ", ";
        text += name;
    }
    return infix ? text : node.op + "(" + text + ")";
}

}  // namespace

std::string terminal_graph(const std::vector<GraphNode>& nodes) {
    require_inputs_first(nodes);
    std::vector<Row> rows = {{"name", "made of", "data", "gradient"}};
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        rows.push_back({name_of(nodes, i), origin(nodes, nodes[i]), short_number(nodes[i].data),
                        short_number(nodes[i].gradient)});
    }
    std::vector<std::size_t> widths(4);
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < 4; ++i) widths[i] = std::max(widths[i], length(row[i]));
    }
    std::string text;
    for (const Row& row : rows) {
        text += align_left(row[0], widths[0]) + "   " + align_left(row[1], widths[1]) + "   " +
                align_right(row[2], widths[2]) + "   " + align_right(row[3], widths[3]) + "\n";
    }
    return text;
}

}  // namespace microgpt::plot
