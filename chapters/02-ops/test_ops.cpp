// Chapter 2: every operation against numbers computed by hand and against central differences.
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>

#include "catch.hpp"
#include "microgpt/autograd/gradcheck.hpp"
#include "microgpt/model/layers.hpp"

using namespace microgpt;

namespace {

/// Checks the gradient of f along every element of x, to a relative error of 1e-6.
void check_gradients(const std::function<Value(Vector)>& f, const std::vector<double>& x) {
    Tape tape;
    const Vector values = vector_of(x);
    const Gradients gradients = backward(f(values));
    for (Index i = 0; i < x.size(); ++i) {
        const double measured = central_difference(
            [&](double moved) {
                const Tape::Scope scope;
                std::vector<double> nearby = x;
                nearby[i] = moved;
                return f(vector_of(nearby)).data();
            },
            x[i]);
        CHECK(gradients[values[i]] == Approx(measured).epsilon(1e-6).margin(1e-10));
    }
}

}  // namespace

// ---- One operation at a time

TEST_CASE("negation, subtraction and division have their gradients", "[ch02][ops]") {
    check_gradients([](Vector x) { return -x[0]; }, {1.5});
    check_gradients([](Vector x) { return x[0] - x[1]; }, {1.5, -0.5});
    check_gradients([](Vector x) { return x[0] - 2.0; }, {1.5});
    check_gradients([](Vector x) { return 2.0 - x[0]; }, {1.5});
    check_gradients([](Vector x) { return x[0] / x[1]; }, {1.5, -0.7});
    check_gradients([](Vector x) { return x[0] / 3.0; }, {1.5});
    check_gradients([](Vector x) { return 3.0 / x[0]; }, {-1.5});
}

TEST_CASE("powers, exp and log have their gradients", "[ch02][ops]") {
    check_gradients([](Vector x) { return pow(x[0], 3); }, {-1.2});
    check_gradients([](Vector x) { return pow(x[0], -0.5); }, {0.7});
    check_gradients([](Vector x) { return exp(x[0]); }, {0.7});
    check_gradients([](Vector x) { return log(x[0]); }, {0.7});
}

TEST_CASE("relu passes the gradient where it is on, and stops it where it is off", "[ch02][ops]") {
    check_gradients([](Vector x) { return relu(x[0]) * x[1]; }, {0.7, 2});
    check_gradients([](Vector x) { return relu(x[0]) * x[1]; }, {-0.7, 2});
    Tape tape;
    const Value zero(0);
    CHECK(backward(relu(zero))[zero] == 0);
}

TEST_CASE("operations give the numbers of the textbook", "[ch02][ops]") {
    Tape tape;
    const Value x(2);
    CHECK((-x).data() == -2);
    CHECK((x - 5.0).data() == -3);
    CHECK((5.0 - x).data() == 3);
    CHECK((x / 4.0).data() == 0.5);
    CHECK((4.0 / x).data() == 2);
    CHECK((Value(6) / x).data() == 3);
    CHECK(pow(x, 3).data() == 8);
    CHECK(exp(x).data() == std::exp(2.0));
    CHECK(log(x).data() == Approx(std::numbers::ln2));
    CHECK(relu(Value(-1)).data() == 0);
}

TEST_CASE("micrograd's own example comes out", "[ch02][ops]") {
    Tape tape;
    const Value a(-4);
    const Value b(2);
    Value c = a + b;
    Value d = a * b + pow(b, 3);
    c = c + c + 1.0;
    c = c + 1.0 + c + (-a);
    d = d + d * 2.0 + relu(b + a);
    d = d + 3.0 * d + relu(b - a);
    const Value e = c - d;
    const Value f = pow(e, 2);
    const Value g = f / 2.0 + 10.0 / f;
    CHECK(g.data() == Approx(24.7041).margin(5e-5));
    const Gradients gradients = backward(g);
    CHECK(gradients[a] == Approx(138.8338).margin(5e-5));
    CHECK(gradients[b] == Approx(645.5773).margin(5e-5));
}

// ---- Vectors

TEST_CASE("a dot product is one record, and each side's gradient is the other", "[ch02][vector]") {
    Tape tape;
    const Vector a = vector_of({1, 2, 3, 4, 5});
    const Vector b = vector_of({2, 3, 5, 7, 11});
    const std::size_t before = tape.size();
    const Value product = dot(a, b);
    CHECK(tape.size() == before + 1);
    CHECK(product.data() == 106);
    const Gradients gradients = backward(product);
    for (Index i = 0; i < a.size(); ++i) {
        CHECK(gradients[a[i]] == b[i].data());
        CHECK(gradients[b[i]] == a[i].data());
    }
    CHECK(tape.operands(product).size() == 10);
}

TEST_CASE("a Vector's dot product with itself has twice itself as gradient", "[ch02][vector]") {
    Tape tape;
    const Vector x = vector_of({1, -2, 3});
    const Gradients gradients = backward(dot(x, x));
    CHECK(gradients[x[1]] == -4);
    CHECK(gradients[x][2] == 6);
}

TEST_CASE("dot products agree with central differences at every length", "[ch02][vector]") {
    for (Index n = 1; n <= 9; ++n) {
        std::vector<double> x;
        for (Index i = 0; i < 2 * n; ++i) x.push_back(std::sin(3.0 * i + 1));
        check_gradients([n](Vector v) { return dot(v.slice(0, n), v.slice(n, n)); }, x);
    }
}

TEST_CASE("arithmetic on Vectors goes element by element", "[ch02][vector]") {
    Tape tape;
    const Vector a = vector_of({1, 2});
    const Vector b = vector_of({10, 20});
    const auto numbers = [](Vector v) { return std::vector(v.data().begin(), v.data().end()); };
    CHECK(numbers(a + b) == std::vector<double>{11, 22});
    CHECK(numbers(a - 1.0) == std::vector<double>{0, 1});
    CHECK(numbers(b * a[1]) == std::vector<double>{20, 40});
    CHECK(numbers(a[1] * b) == std::vector<double>{20, 40});
    CHECK(numbers(b / a[1]) == std::vector<double>{5, 10});
    CHECK(numbers(b / 10.0) == std::vector<double>{1, 2});
    CHECK(numbers(relu(a - 1.5)) == std::vector<double>{0, 0.5});
    CHECK(numbers(concatenate({b, a})) == std::vector<double>{10, 20, 1, 2});
    CHECK(sum(b).data() == 30);
    CHECK(max(b) == 20);
}

TEST_CASE("every operation on Vectors has its gradient", "[ch02][vector]") {
    const std::vector<double> x = {0.3, -1.2, 0.8, 2.1};
    const auto weigh = [](Vector v) {  // tells the elements apart
        Value total = v[0];
        for (Index i = 1; i < v.size(); ++i) total = total + v[i] * (1.0 + i);
        return total;
    };
    check_gradients([&](Vector v) { return weigh(v.slice(0, 2) + v.slice(2, 2)); }, x);
    check_gradients([&](Vector v) { return weigh(v - 0.5); }, x);
    check_gradients([&](Vector v) { return weigh(v * v[1]); }, x);
    check_gradients([&](Vector v) { return weigh(v / v[1]); }, x);
    check_gradients([&](Vector v) { return weigh(v / 1.7); }, x);
    check_gradients([&](Vector v) { return weigh(exp(v)); }, x);
    check_gradients([&](Vector v) { return weigh(relu(v)); }, x);
    check_gradients([&](Vector v) { return sum(v) * v[0]; }, x);
    check_gradients([&](Vector v) { return weigh(concatenate({v, v.slice(1, 2)})); }, x);
}

TEST_CASE("Vectors that do not fit are refused", "[ch02][misuse]") {
    Tape tape;
    const Vector a = vector_of({1, 2, 3});
    CHECK_THROWS_WITH(a[3], ContainsSubstring("has no slice of 1 from 3"));
    CHECK_THROWS_WITH(a.slice(2, 2), ContainsSubstring("has no slice of 2 from 2"));
    CHECK_THROWS_AS(a[a.size() - 4], TapeError);  // one below zero
    CHECK_THROWS_AS(a.slice(1, static_cast<Index>(-1)), TapeError);
    CHECK_THROWS_AS(a.slice(0, 0), TapeError);
    CHECK_THROWS_AS(concatenate({}), TapeError);
    CHECK_THROWS_WITH(dot(a, a.slice(0, 2)), ContainsSubstring("make them the same length"));
    CHECK_THROWS_AS(a.slice(0, 2) + a, TapeError);
    CHECK_THROWS_WITH(make_vector(2, [&](Index i) { return a[i] * 2.0 + 1.0; }),
                      ContainsSubstring("record one Value a call"));
}

TEST_CASE("Matrices that cannot be are refused", "[ch02][misuse]") {
    Tape tape;
    const Matrix w(2, 3, [] { return 1.0; });
    CHECK_THROWS_WITH(w.row(2), ContainsSubstring("no row 2"));
    CHECK_THROWS_AS(w.row(1u << 31), TapeError);
    CHECK_THROWS_WITH(Matrix(1u << 28, 16, [] { return 1.0; }), ContainsSubstring("does not fit"));
    CHECK_THROWS_AS(Matrix(0, 3, [] { return 1.0; }), TapeError);
    CHECK(tape.size() == 6);
}

// ---- Layers

TEST_CASE("softmax turns scores into shares of one", "[ch02][layers]") {
    Tape tape;
    const Vector probs = softmax(vector_of({0, 3, 1, 1}));
    CHECK(probs[0].data() == Approx(0.038).margin(5e-4));
    CHECK(probs[1].data() == Approx(0.757).margin(5e-4));
    CHECK(probs[2].data() == Approx(0.102).margin(5e-4));
    CHECK(sum(probs).data() == Approx(1));
}

TEST_CASE("softmax holds for scores that exp alone could not", "[ch02][layers]") {
    Tape tape;
    const Vector probs = softmax(vector_of({1000, 1001}));
    CHECK(probs[1].data() == Approx(1 / (1 + std::exp(-1.0))));
}

TEST_CASE("rmsnorm makes the mean square one", "[ch02][layers]") {
    Tape tape;
    const Vector x = rmsnorm(vector_of({3, 4}));  // mean square 12.5
    CHECK(x[0].data() == Approx(3 / std::sqrt(12.5)));
    CHECK(dot(x, x).data() / 2 == Approx(1).epsilon(1e-5));
}

// ---- Extreme numbers: a right answer, or what broke

namespace {
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
}  // namespace

TEST_CASE("softmax holds for the largest and the smallest numbers", "[ch02][layers]") {
    Tape tape;
    const Vector far = vector_of({1e308, -1e308, 1e308});
    const Vector halves = softmax(far);
    CHECK(halves[0].data() == 0.5);
    CHECK(halves[1].data() == 0);
    const Gradients gradients = backward(halves[0]);
    CHECK(gradients[far[0]] == 0.25);
    CHECK(gradients[far[1]] == 0);
    CHECK(softmax(vector_of({5e-324, 0, -5e-324}))[1].data() == Approx(1.0 / 3));
    CHECK(softmax(vector_of({-1e308, -1e308}))[0].data() == 0.5);
}

TEST_CASE("softmax says so when a logit is not a finite number", "[ch02][layers][misuse]") {
    Tape tape;
    for (const double bad : {infinity, -infinity, not_a_number}) {
        CHECK_THROWS_AS(softmax(vector_of({bad, bad})), NumberError);
    }
    CHECK_THROWS_AS(softmax(vector_of({1, not_a_number})), NumberError);
    CHECK_THROWS_AS(softmax(vector_of({1, infinity})), NumberError);
    CHECK_THROWS_AS(softmax(vector_of({1, -infinity})), NumberError);
}

TEST_CASE("rmsnorm holds where squares do, and says so where they do not", "[ch02][layers]") {
    Tape tape;
    CHECK(rmsnorm(vector_of({1e150, -1e150}))[1].data() == Approx(-1));
    CHECK(rmsnorm(vector_of({0, 0}))[0].data() == 0);
    CHECK(rmsnorm(vector_of({5e-324, -5e-324}))[0].data() == Approx(0).margin(1e-320));
    for (const double bad : {1e308, -1e308, infinity, not_a_number}) {
        CHECK_THROWS_WITH(rmsnorm(vector_of({bad, 1})), ContainsSubstring("rmsnorm"));
    }
}

TEST_CASE("log holds wherever it has a slope, and says so elsewhere", "[ch02][ops]") {
    Tape tape;
    CHECK(log(Value(1e308)).data() == Approx(308 * std::numbers::ln10));
    CHECK(log(Value(1e-308)).data() == Approx(-308 * std::numbers::ln10));  // a denormal number
    for (const double bad : {0.0, -0.0, -1e308, 5e-324, not_a_number}) {
        CHECK_THROWS_WITH(log(Value(bad)), ContainsSubstring("log"));
    }
    CHECK_THROWS_AS(cross_entropy(vector_of({0, 1e308}), 0), NumberError);  // a share of 0
}

TEST_CASE("cross-entropy of equal scores is the logarithm of their number", "[ch02][layers]") {
    Tape tape;
    CHECK(cross_entropy(vector_of({7, 7, 7}), 1).data() == Approx(std::log(3)));
}

TEST_CASE("the gradient of cross-entropy is the shares, less one for the target",
          "[ch02][layers]") {
    Tape tape;
    const Vector logits = vector_of({0.5, -1, 2});
    const Gradients gradients = backward(cross_entropy(logits, 2));
    const Vector probs = softmax(logits);
    CHECK(gradients[logits[0]] == Approx(probs[0].data()));
    CHECK(gradients[logits[2]] == Approx(probs[2].data() - 1));
}

TEST_CASE("linear is a dot product for each row", "[ch02][layers]") {
    Tape tape;
    double next = 0;
    const Matrix w(2, 3, [&] { return ++next; });  // 1 2 3 / 4 5 6
    const Vector y = linear(vector_of({1, 0, -1}), w);
    CHECK(y.size() == 2);
    CHECK(y[0].data() == -2);
    CHECK(y[1].data() == -2);
    CHECK(w.rows() == 2);
    CHECK(w.columns() == 3);
    CHECK(w.row(1)[0].data() == 4);
}

TEST_CASE("every layer has its gradient", "[ch02][layers]") {
    const std::vector<double> x = {0.3, -1.2, 0.8};
    const auto weigh = [](Vector v) { return v[0] + v[1] * 2.0 + v[2] * 3.0; };
    check_gradients([&](Vector v) { return weigh(softmax(v)); }, x);
    check_gradients([&](Vector v) { return weigh(rmsnorm(v)); }, x);
    check_gradients([&](Vector v) { return cross_entropy(v, 1); }, x);
    check_gradients(
        [&](Vector v) {
            double next = 0;
            const Matrix w(3, 3, [&] { return std::sin(++next); });
            return weigh(linear(v, w));
        },
        x);
}

TEST_CASE("what has no slope is refused by every operation alike", "[ch02][ops][misuse]") {
    Tape tape;
    const Value zero(0);
    const Value one(1);
    const Value minus(-1);
    CHECK_THROWS_WITH(one / zero, ContainsSubstring("a division by 0"));
    CHECK_THROWS_AS(one / 0, NumberError);
    CHECK_THROWS_AS(1 / zero, NumberError);
    CHECK_THROWS_AS(one / Value(1e-320), NumberError);
    CHECK_THROWS_AS(one / Value(NAN), NumberError);
    CHECK_THROWS_WITH(pow(minus, 0.5), ContainsSubstring("pow:"));
    CHECK_THROWS_AS(pow(zero, 0.5), NumberError);  // its slope is infinite
    CHECK_THROWS_AS(pow(zero, -1), NumberError);
    CHECK_THROWS_AS(pow(Value(infinity), 2), NumberError);
    CHECK(backward(pow(zero, 0))[zero] == 0);
    CHECK(pow(zero, 0).data() == 1);
    CHECK(backward(pow(zero, 1))[zero] == 1);
    CHECK(backward(pow(minus, 3))[minus] == 3);
    CHECK((zero / one).data() == 0);
}

TEST_CASE("a Vector of more numbers than there are is refused", "[ch02][misuse]") {
    Tape tape;
    const Value a(2);
    const Vector beyond({a, 100});
    CHECK_THROWS_AS(dot(beyond, beyond), TapeError);
    CHECK_THROWS_AS(max(beyond), TapeError);
    CHECK_THROWS_AS(max(Vector({a, 0})), TapeError);
}
