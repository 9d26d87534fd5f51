// A toy tape: numbers that know how a result depends on them.
#include <cstdio>
#include <vector>

struct Node {
    double data;
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

int main() {
    Value a = record({2}), b = record({-3});
    std::printf("a = %g, b = %g\n", a.data(), b.data());
}
