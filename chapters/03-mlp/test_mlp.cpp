// Chapter 3: a network that learns.
#include "catch.hpp"
#include "microgpt/model/mlp.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/training/descent.hpp"

using namespace microgpt;

TEST_CASE("an MLP widens fourfold and comes back", "[ch03][mlp]") {
    Tape tape;
    Random random(1);
    const Mlp mlp(4, [&] { return random.gauss(0, 1); });
    CHECK(mlp.fc1.rows() == 16);
    CHECK(mlp.fc1.columns() == 4);
    CHECK(mlp.fc2.rows() == 4);
    CHECK(mlp.fc2.columns() == 16);
    CHECK(mlp(mlp.fc1.row(0)).size() == 4);
}

TEST_CASE("descent moves every parameter against its gradient", "[ch03][descent]") {
    Tape tape;
    double next = 0;
    const Matrix w(1, 2, [&] { return ++next; });
    const Gradients gradients = backward(dot(w.row(0), w.row(0)));  // 2 and 4
    descend(w.entries(), gradients, 0.1);
    CHECK(w.row(0)[0].data() == Approx(0.8));
    CHECK(w.row(0)[1].data() == Approx(1.6));
}

TEST_CASE("descent finds the bottom of a bowl", "[ch03][descent]") {
    Tape tape;
    const Matrix w(1, 1, [] { return 5.0; });
    for (int i = 0; i < 200; ++i) {
        const auto [loss, gradients] = differentiate([&] { return pow(w.row(0)[0] - 3.0, 2); });
        descend(w.entries(), gradients, 0.1);
    }
    CHECK(w.row(0)[0].data() == Approx(3));
}

TEST_CASE("a mean of no losses is refused", "[ch03][descent][misuse]") {
    CHECK_THROWS_AS(mean_loss(0, [](std::size_t) { return 1.0; }), std::invalid_argument);
}
