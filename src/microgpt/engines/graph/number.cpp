// Number: the graph, and the sort that its way back needs.
#include "microgpt/engines/graph/number.hpp"

#include <array>
#include <cmath>
#include <unordered_set>
#include <utility>
#include <vector>

namespace microgpt {

struct Number::Node {
    explicit Node(double number) : data(number) { ++count_; }
    ~Node();
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;

    double data;
    double gradient = 0;
    std::array<std::shared_ptr<Node>, 2> children;  // what it was made of
    std::array<double, 2> slopes = {};              // and its slope along each
};

// std::make_shared puts a table's address and two counts in front.
const std::size_t Number::bytes = sizeof(void*) + 2 * sizeof(int) + sizeof(Node);

/// Left alone, a node would end its children, these theirs, and so on: a call within a call for
/// every link of a chain, until the stack is full. So those that end with this one are taken from
/// their parents, and end here one after the other.
Number::Node::~Node() {
    std::vector<std::shared_ptr<Node>> ending;
    const auto take_children = [&ending](Node& parent) {
        for (std::shared_ptr<Node>& child : parent.children) {
            std::shared_ptr<Node> taken = std::move(child);
            if (taken.use_count() == 1) ending.push_back(std::move(taken));
        }
    };
    take_children(*this);
    while (!ending.empty()) {
        const std::shared_ptr<Node> node = std::move(ending.back());
        ending.pop_back();
        take_children(*node);
    }
    --count_;
}

Number::Number(double data) : node_(std::make_shared<Node>(data)) {}

Number::Number(double data, const Number& x, double slope) : Number(data) {
    node_->children = {x.node_, nullptr};
    node_->slopes = {slope, 0};
}

Number::Number(double data, const Number& a, double a_slope, const Number& b, double b_slope)
    : Number(data) {
    node_->children = {a.node_, b.node_};
    node_->slopes = {a_slope, b_slope};
}

double Number::data() const { return node_->data; }
double Number::gradient() const { return node_->gradient; }

void Number::reset(double data) {
    node_->data = data;
    node_->gradient = 0;
}

/// A node has to come after all that was made of it, and where it was made says nothing of when. So
/// the graph is sorted, depth first: a node is put into the list when all below it is there. The
/// path to it is kept in a vector, as deep as the memory, and not in calls, as deep as the stack.
void Number::backward() const {
    struct Visit {
        Node* node;
        std::size_t children;  // that have been seen to
    };
    std::vector<Node*> sorted;
    std::unordered_set<Node*> visited = {node_.get()};
    std::vector<Visit> path = {{node_.get(), 0}};
    while (!path.empty()) {
        auto& [node, children] = path.back();
        if (children == 2) {
            sorted.push_back(node);
            path.pop_back();
            continue;
        }
        Node* child = node->children[children++].get();
        if (child != nullptr && visited.insert(child).second) path.push_back({child, 0});
    }
    node_->gradient = 1;
    for (auto place = sorted.rbegin(); place != sorted.rend(); ++place) {
        const auto& [data, gradient, below, slopes] = **place;
        for (std::size_t i = 0; i < 2; ++i) {
            if (below[i] != nullptr) below[i]->gradient += slopes[i] * gradient;
        }
    }
}

// ---- Arithmetic

Number operator+(const Number& a, const Number& b) { return {a.data() + b.data(), a, 1, b, 1}; }

Number operator*(const Number& a, const Number& b) {
    return {a.data() * b.data(), a, b.data(), b, a.data()};
}

Number pow(const Number& x, double exponent) {
    return {std::pow(x.data(), exponent), x, exponent * std::pow(x.data(), exponent - 1)};
}

Number exp(const Number& x) {
    const double power = std::exp(x.data());
    return {power, x, power};
}

Number log(const Number& x) { return {std::log(x.data()), x, 1 / x.data()}; }

Number relu(const Number& x) {
    const bool on = x.data() > 0;
    return {on ? x.data() : 0, x, on ? 1.0 : 0.0};
}

}  // namespace microgpt
