// Chapter 1: a·b + a, with its gradients derived, measured and drawn.
#include <cstdio>

#include "microgpt/autograd/gradcheck.hpp"
#include "microgpt/autograd/value.hpp"
#include "plot/figure.hpp"
#include "plot/graph.hpp"

using namespace microgpt;

// ---- The same with plain numbers, to measure slopes on

double plain(double a, double b) { return a * b + a; }

// ---- The picture: one box for every number on the tape

plot::GraphNode box(const char* name, const char* op, Value value, const Gradients& gradients) {
    plot::GraphNode node{name, op, value.data(), gradients[value]};
    for (const Index index : Tape::current().operands(value)) {
        node.inputs.push_back(static_cast<int>(index));
    }
    return node;
}

int main() {
    Tape tape;
    const Value a(2);
    const Value b(-3);
    const Value product = a * b;
    const Value c = product + a;
    const Gradients gradients = backward(c);

    std::puts("c = a·b + a\n");
    const std::vector<plot::GraphNode> graph = {
        box("a", "", a, gradients),
        box("b", "", b, gradients),
        box("a·b", "*", product, gradients),
        box("c", "+", c, gradients),
    };
    std::fputs(plot::terminal_graph(graph).c_str(), stdout);

    std::puts("\nEach gradient, and the same slope measured by moving the number a little:\n");
    const double slope_a = central_difference([](double x) { return plain(x, -3); }, 2);
    const double slope_b = central_difference([](double x) { return plain(2, x); }, -3);
    std::printf("  a   derived %7.4f   measured %7.4f\n", gradients[a], slope_a);
    std::printf("  b   derived %7.4f   measured %7.4f\n", gradients[b], slope_b);

    std::puts("\nThe tape after all this:\n");
    std::printf("  %zu numbers: two leaves, a product and a sum\n\n", tape.size());
    plot::write_figure("01-graph.dot", plot::graph_dot(graph));
    plot::write_figure(
        "01-graph.svg",
        plot::graph_svg(
            "c = a·b + a",
            "a and b lead to their product, and that and a to the sum c. a is used twice, so two "
            "arrows leave it, and its gradient, -2, is the sum of what comes back along both.",
            graph));
}
