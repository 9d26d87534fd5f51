// Chapter 8: the kernels on plain numbers, by hand and beside measured slopes.
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "catch.hpp"
#include "microgpt/engines/tape/kernels.hpp"
#include "microgpt/random/random.hpp"

using namespace microgpt;

namespace {

using Vec = std::vector<double>;

Vec random_numbers(std::size_t size, int seed) {
    Random random(seed);
    Vec numbers(size);
    for (double& x : numbers) x = random.gauss(0, 1);
    return numbers;
}

/// The slope of f along each element of x, by central differences.
Vec measured(Vec& x, const std::function<double()>& f) {
    Vec slopes;
    for (double& element : x) {
        const double kept = element;
        element = kept + 1e-6;
        const double above = f();
        element = kept - 1e-6;
        slopes.push_back((above - f()) / 2e-6);
        element = kept;
    }
    return slopes;
}

void check_close(const Vec& found, const Vec& expected) {
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        INFO(i);
        CHECK(found[i] == Approx(expected[i]).margin(1e-8));
    }
}

/// A matrix with its transpose, and room for slopes.
struct Layer {
    Layer(Index rows, Index columns, Vec numbers)
        : w(std::move(numbers)), transposed(w.size()), gradient(w.size()), weights() {
        for (std::size_t i = 0; i < w.size(); ++i) {
            transposed[i % columns * rows + i / columns] = w[i];
        }
        weights = {w.data(), transposed.data(), gradient.data(), nullptr, rows, columns};
    }

    Vec w, transposed, gradient;
    Weights weights;
};

}  // namespace

// ---- weights

TEST_CASE("weights: each matrix stands with its transpose, in the order of shapes()",
          "[ch08][weights]") {
    const GptConfig config = {
        .vocab_size = 7, .n_layer = 2, .n_embd = 6, .n_head = 2, .block_size = 5};
    const Vec parameters = random_numbers(static_cast<std::size_t>(count_parameters(config)), 1);
    Vec gradients(parameters.size());
    GptWeights weights(config);
    weights.read(parameters.data(), gradients.data());
    std::size_t begin = 0;
    for (const Weights& w : weights.matrices()) {
        CHECK(w.data == parameters.data() + begin);
        CHECK(w.gradient == gradients.data() + begin);
        CHECK(w.outer_products == nullptr);
        for (Index i = 0; i < w.rows; ++i) {
            for (Index k = 0; k < w.columns; ++k) {
                REQUIRE(w.transposed[k * w.rows + i] == w.data[i * w.columns + k]);
            }
        }
        begin += std::size_t{w.rows} * w.columns;
    }
    CHECK(begin == parameters.size());
    weights.read(parameters.data(), nullptr);
    CHECK(weights.matrices().back().gradient == nullptr);
}

// ---- linear_kernels

TEST_CASE("linear: each result is a row times the vector", "[ch08][kernels]") {
    const Layer m(2, 2, {1, 2, 3, 4});
    const Vec x = {5, 6, 1, 0};  // two vectors
    Vec y(4);
    linear(m.weights, 2, x.data(), y.data());
    CHECK(y == Vec{17, 39, 1, 3});
}

TEST_CASE("linear: the input hears from every row, beside what it has heard", "[ch08][kernels]") {
    const Layer m(2, 2, {1, 2, 3, 4});
    const Vec dy = {1, 10};
    Vec dx = {100, 0};
    linear_backward(m.weights, 1, dy.data(), dx.data());
    CHECK(dx == Vec{131, 42});
}

TEST_CASE("linear: each weight hears a slope times an input, of all products that wait",
          "[ch08][kernels]") {
    Layer m(2, 2, {0, 0, 0, 0});
    const Vec x = {5, 6, 1, 0};
    const Vec dy = {1, 10, 2, 0};
    const OuterProduct first = {&x[0], &dy[0], nullptr};
    const OuterProduct second = {&x[2], &dy[2], &first};
    m.weights.outer_products = &second;
    add_outer_products(m.weights);
    CHECK(m.gradient == Vec{5 + 2, 6, 50, 60});
}

TEST_CASE("linear kernels leave no column out, however many there are", "[ch08][kernels]") {
    for (Index n = 1; n <= 40; ++n) {
        Layer m(n, n, random_numbers(std::size_t{n} * n, 2));
        const Vec x = random_numbers(n, 3);
        Vec y(n);
        Vec dx(n);
        linear(m.weights, 1, x.data(), y.data());
        linear_backward(m.weights, 1, x.data(), dx.data());
        const OuterProduct product = {x.data(), y.data(), nullptr};
        m.weights.outer_products = &product;
        add_outer_products(m.weights);
        for (Index i = 0; i < n; ++i) {
            CHECK(y[i] ==
                  Approx(std::inner_product(x.begin(), x.end(), &m.w[std::size_t{i} * n], 0.0)));
            CHECK(dx[i] == Approx(std::inner_product(x.begin(), x.end(),
                                                     &m.transposed[std::size_t{i} * n], 0.0)));
            CHECK(m.gradient[std::size_t{i} * n + n - 1] == y[i] * x[n - 1]);
        }
    }
}

// ---- kernels

TEST_CASE("kernel of rmsnorm: elements of size one, and the slopes that are measured",
          "[ch08][kernels]") {
    Vec x = {3, -4, 12};
    Vec y(3);
    const double scale = rmsnorm(3, x.data(), y.data());
    CHECK(scale == Approx(std::sqrt(3.0) / 13));
    CHECK(y[1] == Approx(-4 * scale));
    const Vec dy = {1, -2, 0.5};
    Vec dx(3);
    rmsnorm_backward(3, scale, {x.data(), dx.data()}, dy.data());
    check_close(dx, measured(x, [&] {
                    rmsnorm(3, x.data(), y.data());
                    return std::inner_product(y.begin(), y.end(), dy.begin(), 0.0);
                }));
    x[0] = 1e200;
    CHECK_THROWS_AS(rmsnorm(3, x.data(), y.data()), NumberError);
}

TEST_CASE("kernel of softmax: each column adds up to one, however large its numbers",
          "[ch08][kernels]") {
    Vec x = {1, 1000, 2, 1001, 3, 1002};
    softmax(3, 2, x.data());
    CHECK(x[0] + x[2] + x[4] == Approx(1));
    CHECK(x[4] / x[2] == Approx(std::exp(1)));
    for (const std::size_t row : {0, 1, 2}) CHECK(x[2 * row] == x[2 * row + 1]);
    Vec infinite = {0, std::numeric_limits<double>::infinity()};
    CHECK_THROWS_AS(softmax(2, 1, infinite.data()), NumberError);
}

TEST_CASE("kernel of the loss: the slope at the target is its probability less one",
          "[ch08][kernels]") {
    Vec x = {0.5, -1, 2};
    Vec probabilities = x;
    const double loss = cross_entropy(3, probabilities.data(), 1);
    CHECK(loss == Approx(-std::log(probabilities[1])));
    Vec dx(3);
    cross_entropy_backward(3, probabilities.data(), 1, 1, dx.data());
    CHECK(dx[1] == Approx(probabilities[1] - 1));
    check_close(dx, measured(x, [&] {
                    Vec logits = x;
                    return cross_entropy(3, logits.data(), 1);
                }));
}

TEST_CASE("kernel of ReLU: only what is positive passes, and only its slope", "[ch08][kernels]") {
    const Vec x = {-1, 0, 2};
    Vec y(3);
    relu(3, x.data(), y.data());
    CHECK(y == Vec{0, 0, 2});
    const Vec dy = {5, 5, 5};
    Vec dx = {1, 1, 1};
    relu_backward(3, y.data(), dy.data(), dx.data());
    CHECK(dx == Vec{1, 1, 6});
}

TEST_CASE("kernel of attention: its slopes are those that are measured", "[ch08][kernels]") {
    constexpr Index positions = 3;
    constexpr Heads heads = {2, 3};
    constexpr std::size_t n = 6;
    Vec q = random_numbers(n, 4);
    Vec k = random_numbers(positions * n, 5);
    Vec v = random_numbers(positions * n, 6);
    Vec dq(n), dk(k.size()), dv(v.size()), weights(2UL * positions), dweights(2UL * positions);
    Vec output(n);
    const auto rows = [](const Vec& data, Vec& gradient) {
        std::vector<Numbers> all;
        for (std::size_t t = 0; t < positions; ++t) all.push_back({&data[t * n], &gradient[t * n]});
        return all;
    };
    const Vec doutput = random_numbers(n, 7);
    const auto loss = [&] {
        attention(heads, positions, q.data(), rows(k, dk), rows(v, dv), weights.data(),
                  output.data());
        return std::inner_product(output.begin(), output.end(), doutput.begin(), 0.0);
    };
    loss();
    CHECK(weights[0] + weights[2] + weights[4] == Approx(1));
    attention_backward(heads, positions, {q.data(), dq.data()}, rows(k, dk), rows(v, dv),
                       {weights.data(), dweights.data()}, doutput.data());
    check_close(dq, measured(q, loss));
    check_close(dk, measured(k, loss));
    check_close(dv, measured(v, loss));
}

TEST_CASE("kernel of softmax: an infinite number is refused, above or below", "[ch08][kernels]") {
    for (const double none : {double(INFINITY), -double(INFINITY), double(NAN)}) {
        for (std::size_t place = 0; place < 3; ++place) {
            std::vector<double> x = {1, 2, 3};
            x[place] = none;
            CHECK_THROWS_AS(softmax(3, 1, x.data()), NumberError);
        }
    }
}

TEST_CASE("kernel of the loss: a share too small to divide by is refused", "[ch08][kernels]") {
    std::vector<double> fits = {709, 0};
    CHECK(cross_entropy(2, fits.data(), 1) == Approx(709));
    std::vector<double> subnormal = {720, 0};
    CHECK_THROWS_AS(cross_entropy(2, subnormal.data(), 1), NumberError);
    std::vector<double> none = {1000, 0};
    CHECK_THROWS_AS(cross_entropy(2, none.data(), 1), NumberError);
}
