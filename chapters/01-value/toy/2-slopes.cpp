// A toy tape: numbers that know how a result depends on them.
#include <cstdio>
#include <vector>

struct Operand {
    int place;
    double slope;
};
struct Node {
    double data;
    std::vector<Operand> operands = {};  // what it was made of
};
std::vector<Node> tape;

struct Value {
    int place;
    double data() const { return tape[place].data; }
};

Value record(const Node& node) {
    tape.push_back(node);
    return {static_cast<int>(tape.size()) - 1};
}

Value operator+(Value x, Value y) {
    return record({x.data() + y.data(), {{x.place, 1}, {y.place, 1}}});
}
Value operator*(Value x, Value y) {
    return record({x.data() * y.data(), {{x.place, y.data()}, {y.place, x.data()}}});
}

int main() {
    Value a = record({2}), b = record({-3});
    Value c = a * b + a;
    std::printf("c = %g, at place %d\n", c.data(), c.place);
    for (const Node& node : tape) {
        std::printf("%g", node.data);
        for (auto [place, slope] : node.operands) std::printf(", %g along place %d", slope, place);
        std::printf("\n");
    }
}
