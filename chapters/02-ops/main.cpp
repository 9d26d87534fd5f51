// Chapter 2: every operation with its slope, derived and measured; then the layers at work.
#include <cstdio>
#include <functional>

#include "microgpt/autograd/gradcheck.hpp"
#include "microgpt/model/layers.hpp"

using namespace microgpt;

// ---- Slopes: derived, and measured

struct Operation {
    const char* name;
    std::function<Value(Value)> apply;
    double x;
};

void print_slopes(const std::vector<Operation>& operations) {
    std::puts("operation        x       result      derived     measured");
    for (const Operation& operation : operations) {
        Tape tape;
        const Value x(operation.x);
        const Value result = operation.apply(x);
        const double derived = backward(result)[x];
        const auto plain = [&](double moved) { return operation.apply(Value(moved)).data(); };
        std::printf("%-12s %5.2f %12.6f %12.6f %12.6f\n", operation.name, operation.x,
                    result.data(), derived, central_difference(plain, operation.x));
    }
}

/// The vector v = (x, 1, -2).
Vector beside(Value x) { return concatenate({Vector({x, 1}), vector_of({1, -2})}); }

void show_slopes() {
    print_slopes({
        {"x + x", [](Value x) { return x + x; }, 1.5},
        {"x * x", [](Value x) { return x * x; }, 1.5},
        {"-x", [](Value x) { return -x; }, 1.5},
        {"x - 2", [](Value x) { return x - 2.0; }, 1.5},
        {"x - x * x", [](Value x) { return x - x * x; }, 1.5},
        {"x / 2", [](Value x) { return x / 2.0; }, 1.5},
        {"2 / x", [](Value x) { return 2.0 / x; }, 1.5},
        {"x / exp(x)", [](Value x) { return x / exp(x); }, 1.5},
        {"x^3", [](Value x) { return pow(x, 3); }, 1.5},
        {"x^-0.5", [](Value x) { return pow(x, -0.5); }, 1.5},
        {"exp(x)", [](Value x) { return exp(x); }, 1.5},
        {"log(x)", [](Value x) { return log(x); }, 1.5},
        {"relu(x)", [](Value x) { return relu(x); }, 1.5},
        {"relu(x)", [](Value x) { return relu(x); }, -1.5},
        {"dot(v, v)", [](Value x) { return dot(beside(x), beside(x)); }, 1.5},
        {"sum(v)", [](Value x) { return sum(beside(x)); }, 1.5},
        {"softmax(v)", [](Value x) { return softmax(beside(x))[0]; }, 1.5},
        {"rmsnorm(v)", [](Value x) { return rmsnorm(beside(x))[0]; }, 1.5},
        {"loss(v)", [](Value x) { return cross_entropy(beside(x), 1); }, 1.5},
    });
    std::puts("v is (x, 1, -2); of softmax and rmsnorm the first element, and number 1 came");
}

// ---- A neuron: one question, and how the answer moves

void print_vector(const char* name, Vector x) {
    std::printf("%-10s", name);
    for (const double number : x.data()) std::printf(" %8.4f", number);
    std::puts("");
}

void show_neuron() {
    Tape tape;
    std::puts("\nA dot product is a neuron: how much does x look like w?\n");
    const Vector x = vector_of({1, 2, 3});
    const Vector w = vector_of({0.5, -1, 2});
    const Value neuron = dot(w, x);
    print_vector("w", w);
    print_vector("x", x);
    std::printf("w · x      %8.4f, on the tape as one record\n", neuron.data());
    std::puts("its slope along each number of w is the number of x beside it:");
    const Gradients gradients = backward(neuron);
    for (Index i = 0; i < w.size(); ++i)
        std::printf("%s%8.4f", i ? " " : "           ", gradients[w[i]]);
    std::puts("");
}

// ---- Layers: numbers in, numbers out

void show_layers() {
    Tape tape;
    std::puts("\nsoftmax makes shares of scores, and keeps their order:\n");
    const Vector scores = vector_of({0, 3, 1, 1});
    print_vector("scores", scores);
    print_vector("shares", softmax(scores));

    std::puts("\nrmsnorm keeps the direction, and makes the mean square one:\n");
    print_vector("before", vector_of({30, 40, 0, -10}));
    print_vector("after", rmsnorm(vector_of({30, 40, 0, -10})));

    std::puts("\nCross-entropy is the surprise at what came, in nats:\n");
    for (Index target = 0; target < scores.size(); ++target) {
        std::printf("share %.4f came: %.4f\n", softmax(scores)[target].data(),
                    cross_entropy(scores, target).data());
    }
}

// ---- All of it

int main() {
    show_slopes();
    show_neuron();
    show_layers();
}
