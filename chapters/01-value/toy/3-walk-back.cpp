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

std::vector<double> backward(Value result) {
    std::vector<double> gradient(tape.size());
    gradient[result.place] = 1;
    for (int i = result.place; i >= 0; --i) {
        for (auto [place, slope] : tape[i].operands) gradient[place] += slope * gradient[i];
    }
    return gradient;
}

int main() {
    Value a = record({2}), b = record({-3});
    Value c = a * b + a;
    const std::vector<double> gradient = backward(c);
    std::printf("c = %g, along a %g, along b %g\n", c.data(), gradient[a.place], gradient[b.place]);
}
