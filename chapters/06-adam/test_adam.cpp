// Chapter 6: the optimizer by hand, and the trainer.
#include <cmath>
#include <random>

#include "catch.hpp"
#include "microgpt/autograd/gradcheck.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/training/trainer.hpp"

using namespace microgpt;

namespace {

/// Whether a gradient is within 1e-6, relatively, of the slope that is measured. A wide step can
/// push a ReLU over its corner and a narrow one drowns in rounding, so one of three has to agree.
template <class Loss>
bool agrees_with_a_measurement(double gradient, Value parameter, Loss loss) {
    const auto replace = [&](double number) {
        Tape::current().parameters({parameter, 1}).front() = number;
    };
    const double original = parameter.data();
    bool agrees = false;
    for (const double step : {1e-3, 1e-4, 1e-5}) {
        const double measured = central_difference(
            [&](double moved) {
                replace(moved);
                return loss();
            },
            original, step);
        agrees = agrees || std::abs(gradient - measured) <= 1e-6 * std::abs(measured);
    }
    replace(original);
    return agrees;
}

}  // namespace

TEST_CASE("Adam's first step has the length of the learning rate", "[ch06][adam]") {
    Tape tape;
    const Matrix w(1, 2, [] { return 1.0; });
    Adam adam(w.entries());
    adam.step(backward(w.row(0)[0] * 100.0 + w.row(0)[1] * -0.001));
    CHECK(w.row(0)[0].data() == Approx(1 - 0.01));
    CHECK(w.row(0)[1].data() == Approx(1 + 0.01).epsilon(1e-6));
}

TEST_CASE("Adam's second step, by hand", "[ch06][adam]") {
    Tape tape;
    const Matrix w(1, 1, [] { return 0.0; });
    Adam adam(w.entries());
    const Value x = w.row(0)[0];
    adam.step(backward(x * 2.0));
    adam.step(backward(x * -1.0), 0.5);
    const double m = 0.85 * (0.15 * 2) + 0.15 * -1;
    const double v = 0.99 * (0.01 * 4) + 0.01 * 1;
    const double m_hat = m / (1 - 0.85 * 0.85);
    const double v_hat = v / (1 - 0.99 * 0.99);
    const double first = -0.01 * 2 / (2 + 1e-8);
    CHECK(x.data() == Approx(first - 0.005 * m_hat / (std::sqrt(v_hat) + 1e-8)).epsilon(1e-12));
}

TEST_CASE("a gradient of zero moves nothing", "[ch06][adam]") {
    Tape tape;
    const Matrix w(1, 2, [] { return 1.0; });
    Adam adam(w.entries());
    adam.step(backward(w.row(0)[0] * 1.0));
    CHECK(w.row(0)[1].data() == 1);
}

TEST_CASE("rearranging moves parameters and what Adam remembers of them", "[ch06][adam]") {
    Tape tape;
    double next = 0;
    const Matrix w(1, 2, [&] { return ++next; });
    Adam adam(w.entries());
    adam.step(backward(w.row(0)[0] * 3.0));  // only number 0 has momentum
    const double moved = w.row(0)[0].data();
    adam.rearrange({1, 0});
    CHECK(w.row(0)[0].data() == 2);
    CHECK(w.row(0)[1].data() == moved);
    adam.step(backward(w.row(0)[0] * 0.0));
    CHECK(w.row(0)[0].data() == 2);
    CHECK(w.row(0)[1].data() < moved);  // it rolls on
}

TEST_CASE("the learning rate falls in a line to nearly nothing", "[ch06][adam]") {
    CHECK(linear_decay(0, 1000) == 1);
    CHECK(linear_decay(500, 1000) == 0.5);
    CHECK(linear_decay(999, 1000) == Approx(0.001));
}

TEST_CASE("the loss of a document is the mean over what the model can read", "[ch06][trainer]") {
    Tape tape;
    const Gpt flat({.vocab_size = 5, .block_size = 3}, [] { return 0.0; });
    CHECK(document_loss(flat, {4, 0, 1, 2, 3, 0, 1, 4}).data() == Approx(std::log(5)));
    Random random(1);
    const Gpt gpt({.vocab_size = 5, .block_size = 3}, [&] { return random.gauss(0, 1); });
    CHECK(document_loss(gpt, {4, 0, 1, 2, 3, 4}).data() ==
          document_loss(gpt, {4, 0, 1, 2}).data());  // cut off after three
}

TEST_CASE("a document of fewer than two tokens is refused", "[ch06][misuse]") {
    Tape tape;
    const Gpt flat({.vocab_size = 5}, [] { return 0.0; });
    CHECK_THROWS_WITH(document_loss(flat, {4}), ContainsSubstring("two tokens"));
    CHECK_THROWS_AS(document_loss(flat, {}), std::invalid_argument);
}

TEST_CASE("differentiating leaves the Tape as it was", "[ch06][trainer]") {
    Tape tape;
    Random random(1);
    const Gpt gpt({.vocab_size = 5}, [&] { return random.gauss(0, 0.08); });
    const std::size_t before = tape.size();
    const auto [loss, gradients] = differentiate(gpt, {4, 0, 1, 4});
    CHECK(tape.size() == before);
    CHECK(loss == Approx(std::log(5)).margin(0.5));
    CHECK(gradients[gpt.parameters()].size() == before);
}

TEST_CASE("the GPT's gradients agree with central differences", "[ch06][gradcheck]") {
    Tape tape;
    Random random(42);
    const Gpt gpt({.vocab_size = 27}, [&] { return random.gauss(0, 0.08); });
    const std::vector<Index> emma = {26, 4, 12, 12, 0, 26};
    const auto [loss, gradients] = differentiate(gpt, emma);

    std::mt19937 pick(7);
    int moving = 0;
    for (int i = 0; i < 200; ++i) {
        const Value parameter = gpt.parameters()[pick() % gpt.parameters().size()];
        CHECK(agrees_with_a_measurement(gradients[parameter], parameter, [&] {
            const Tape::Scope scope;
            return document_loss(gpt, emma).data();
        }));
        moving += gradients[parameter] != 0;
    }
    CHECK(moving > 150);  // embeddings of letters that are not read stand still
}

// ---- Numbers that are none any more

TEST_CASE("a gradient that cannot be squared is named", "[ch06][trainer][misuse]") {
    Tape tape;
    Random random(1);
    const Gpt gpt({.vocab_size = 3, .n_embd = 4, .n_head = 2, .block_size = 4},
                  [&] { return random.gauss(0, 0.1); });
    // Features of 1e160 that count for 1e-160 leave the loss a common number. The slope along what
    // they count for is 1e160 again.
    const auto scale = [&](std::size_t i, double factor) {
        const Vector entries = gpt.matrices()[i].matrix.entries();
        for (double& number : Tape::current().parameters(entries)) number *= factor;
    };
    scale(7, 1e160);
    scale(8, 1e-160);
    CHECK_THROWS_WITH(differentiate(gpt, {2, 0, 1, 2}),
                      ContainsSubstring("the gradient at layer0.mlp_fc2["));
}

TEST_CASE("an order that is none moves nothing", "[ch06][adam][misuse]") {
    Tape tape;
    const Vector parameters = vector_of({1, 2, 3});
    Adam adam(parameters);
    for (const std::vector<Index>& order :
         {std::vector<Index>{}, {2, 1}, {2, 1, 0, 0}, {0, 1, 3}, {0, 1, 1}}) {
        CHECK_THROWS_AS(adam.rearrange(order), std::invalid_argument);
        CHECK(parameters[0].data() == 1);
    }
}
