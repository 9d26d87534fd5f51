// Larger: that each change does what the page says of it.
#include <algorithm>
#include <cmath>
#include <limits>

#include "05-gpt/exercises/tying.hpp"
#include "06-adam/exercises/clipping.hpp"
#include "06-adam/exercises/dropout.hpp"
#include "06-adam/exercises/warm-up.hpp"
#include "catch.hpp"
#include "larger.hpp"
#include "microgpt/autograd/gradcheck.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/training/trainer.hpp"

using namespace microgpt;

namespace {

/// Whether the numbers are those, but for the last digits.
void check_numbers(Vector x, const std::vector<double>& expected) {
    REQUIRE(x.size() == expected.size());
    for (Index i = 0; i < x.size(); ++i) {
        CHECK(x[i].data() == Approx(expected[i]).margin(1e-12));
    }
}

}  // namespace

// ---- Rotary positions

TEST_CASE("rotation: at position 0 nothing is turned", "[ch11][larger]") {
    Tape tape;
    check_numbers(rotated(vector_of({3, 4, -1, 2}), 0, 4), {3, 4, -1, 2});
}

TEST_CASE("rotation: a pair is turned by an angle that grows with the position", "[ch11][larger]") {
    Tape tape;
    const double c = std::cos(1.0);
    const double s = std::sin(1.0);
    check_numbers(rotated(vector_of({1, 0}), 1, 2), {c, s});
    check_numbers(rotated(vector_of({0, 1}), 1, 2), {-s, c});
    check_numbers(rotated(vector_of({1, 0}), 3, 2), {std::cos(3.0), std::sin(3.0)});
}

TEST_CASE("rotation: the second pair of four turns a hundred times slower", "[ch11][larger]") {
    Tape tape;
    check_numbers(rotated(vector_of({1, 0, 1, 0}), 2, 4),
                  {std::cos(2.0), std::sin(2.0), std::cos(0.02), std::sin(0.02)});
    check_numbers(rotated(vector_of({1, 0, 1, 0}), 2, 4, 4),
                  {std::cos(2.0), std::sin(2.0), std::cos(1.0), std::sin(1.0)});
}

TEST_CASE("rotation: every head is turned alike", "[ch11][larger]") {
    Tape tape;
    const Vector two = rotated(vector_of({1, 2, 1, 2}), 5, 2);
    check_numbers(two.slice(2, 2), {two[0].data(), two[1].data()});
}

TEST_CASE("rotation keeps lengths", "[ch11][larger]") {
    Tape tape;
    const Vector x = vector_of({3, 4, -1, 2, 0, 7});
    const Vector turned = rotated(x, 11, 6);
    CHECK(dot(turned, turned).data() == Approx(dot(x, x).data()));
}

TEST_CASE("rotation: a score depends on the distance between positions, not on where they are",
          "[ch11][larger]") {
    Tape tape;
    const Vector query = vector_of({1, 2, -1, 0.5});
    const Vector key = vector_of({0.3, -1, 2, 1});
    const auto score = [&](Index asks, Index answers) {
        return dot(rotated(query, asks, 4), rotated(key, answers, 4)).data();
    };
    CHECK(score(5, 3) == Approx(score(2, 0)).epsilon(1e-12));
    CHECK(score(102, 100) == Approx(score(2, 0)).epsilon(1e-12));
    CHECK(std::abs(score(3, 0) - score(2, 0)) > 0.1);
}

TEST_CASE("rotation: its slopes are the measured ones", "[ch11][larger]") {
    Tape tape;
    const auto second = [](double number) {
        const Tape::Scope scope;
        return rotated(vector_of({number, 4}), 7, 2)[1].data();
    };
    const Vector x = vector_of({3, 4});
    CHECK(backward(rotated(x, 7, 2)[1])[x[0]] == Approx(central_difference(second, 3)));
}

TEST_CASE("rotation: a head of odd width is refused", "[ch11][larger]") {
    Tape tape;
    CHECK_THROWS_AS(rotated(vector_of({1, 2, 3}), 1, 3), TapeError);
}

// ---- Grouped queries

TEST_CASE("grouped queries: as many groups as heads are the old attention", "[ch11][larger]") {
    Tape tape;
    Random random(1);
    const Attention attention(8, 4, [&] { return random.gauss(0, 1); });
    KvCache cache(4);
    for (int position = 0; position < 3; ++position) {
        const Vector x = make_vector(8, [&](Index) { return Value(random.gauss(0, 1)); });
        const Vector expected = attention(x, cache);
        const Vector found = grouped_heads(linear(x, attention.wq), cache, 2, 4);
        const Vector out = linear(found, attention.wo);
        for (Index i = 0; i < 8; ++i) CHECK(out[i].data() == expected[i].data());
    }
}

TEST_CASE("grouped queries: neighbours ask the same keys", "[ch11][larger]") {
    Tape tape;
    KvCache cache(2);  // four heads, so two ask each
    cache.append(vector_of({0, 800}), vector_of({10, 20}));
    cache.append(vector_of({800, 0}),
                 vector_of({11, 21}));  // who asks the first keys is heard here
    check_numbers(grouped_heads(vector_of({1, 1, 1, 1}), cache, 1, 2), {11, 11, 20, 20});
}

TEST_CASE("grouped queries: heads that can't be shared out evenly are refused", "[ch11][larger]") {
    Tape tape;
    KvCache cache(3);
    cache.append(vector_of({1, 2, 3}), vector_of({1, 2, 3}));
    CHECK_THROWS_AS(grouped_heads(vector_of({1, 1, 1, 1}), cache, 1, 3), std::invalid_argument);
}

// ---- Norms

TEST_CASE("gain: of one, it changes nothing", "[ch11][larger]") {
    Tape tape;
    const Vector x = vector_of({3, -4, 0, 12});
    const Vector plain = rmsnorm(x);
    const Vector y = rmsnorm_with_gain(x, vector_of({1, 1, 1, 1}));
    for (Index i = 0; i < 4; ++i) CHECK(y[i].data() == plain[i].data());
}

TEST_CASE("layer norm takes the mean away, and then the size", "[ch11][larger]") {
    Tape tape;  // 1, 3, 5, 7 less 4 are -3, -1, 1, 3, whose mean square is 5
    const double size = std::sqrt(5 + 1e-5);
    const Vector y =
        layer_norm(vector_of({1, 3, 5, 7}), vector_of({1, 1, 1, 2}), vector_of({0, 0, 10, 0}));
    check_numbers(y, {-3 / size, -1 / size, 1 / size + 10, 6 / size});
}

TEST_CASE("layer norm: what is added to all numbers is not seen, as it is by rmsnorm",
          "[ch11][larger]") {
    Tape tape;
    const Vector one = vector_of({1, 1});
    const Vector none = vector_of({0, 0});
    const Vector y = layer_norm(vector_of({101, 103}), one, none);
    const Vector same = layer_norm(vector_of({1, 3}), one, none);
    check_numbers(y, {same[0].data(), same[1].data()});
    CHECK(rmsnorm(vector_of({101, 103}))[0].data() > 0.9);
}

// ---- SwiGLU

TEST_CASE("silu is 0 at 0, nothing far below it, and the number itself far above",
          "[ch11][larger]") {
    Tape tape;
    CHECK(silu(Value(0)).data() == 0);
    CHECK(silu(Value(40)).data() == Approx(40));
    CHECK(silu(Value(-800)).data() == 0);
    CHECK(silu(Value(1)).data() == Approx(0.7310585786));
}

TEST_CASE("silu has the slopes that are measured", "[ch11][larger]") {
    Tape tape;
    const auto number = [](double x) {
        const Tape::Scope scope;
        return silu(Value(x)).data();
    };
    for (const double at : {-3.0, -1.278, 0.0, 0.5, 4.0}) {
        const Value x(at);
        CHECK(backward(silu(x))[x] == Approx(central_difference(number, at)).margin(1e-9));
    }
}

TEST_CASE("swiglu: a feature passes as far as its gate is open", "[ch11][larger]") {
    Tape tape;
    const std::vector<double> gates = {0, 40};  // one is shut, one is open
    const std::vector<double> features = {5, 3};
    const std::vector<double> out = {1, 2};
    std::vector<double> numbers = gates;
    numbers.insert(numbers.end(), features.begin(), features.end());
    numbers.insert(numbers.end(), out.begin(), out.end());
    std::size_t next = 0;
    const SwiGlu mlp(1, 2, [&] { return numbers.at(next++); });
    CHECK(mlp(vector_of({1}))[0].data() == Approx(1 * 0 * 5 + 2 * 40 * 3));
    CHECK(mlp(vector_of({0}))[0].data() == 0);
}

// ---- Tying

TEST_CASE("tying: a shared row's gradient is the sum of what reading and writing say",
          "[ch11][larger]") {
    Tape tape;
    const GptConfig config = {.vocab_size = 3, .n_embd = 4, .n_head = 2};
    Random random(1);
    const TiedGpt gpt(config, [&] { return random.gauss(0, 1); });
    const Vector head =
        vector_of({gpt.wte.entries().data().begin(), gpt.wte.entries().data().end()});
    KvCache tied(2);
    KvCache apart(2);
    const Gradients shared = backward(cross_entropy(gpt(0, tied), 1));
    const Vector x = gpt.block(rmsnorm(gpt.wte.row(0) + gpt.wpe.row(0)), apart);
    const auto asks = [&](Index i) { return dot(head.slice(4 * i, 4), x); };
    const Gradients own = backward(cross_entropy(make_vector(3, asks), 1));
    for (Index i = 0; i < 12; ++i) {
        const double both = own[gpt.wte.entries()[i]] + own[head[i]];
        CHECK(shared[gpt.wte.entries()[i]] == Approx(both).margin(1e-12));
    }
}

// ---- Training

TEST_CASE("dropout: a sum is the same in the mean", "[ch11][larger]") {
    Tape tape;
    Random random(1);
    const Vector ones = make_vector(20'000, [](Index) { return Value(1); });
    const Vector left = dropout(ones, 0.1, [&] { return random.random(); });
    CHECK(sum(left).data() / 20'000 == Approx(1).margin(0.01));
    CHECK(std::ranges::count(left.data(), 0.0) == Approx(2000).margin(150));
}

TEST_CASE("a rate rises from nothing, and falls along half a wave to its least", "[ch11][larger]") {
    CHECK(cosine_decay(0, 104, 4) == 0.25);
    CHECK(cosine_decay(3, 104, 4) == 1);
    CHECK(cosine_decay(4, 104, 4) == 1);
    CHECK(cosine_decay(54, 104, 4) == Approx(0.55));  // halfway between 1 and 0.1
    CHECK(cosine_decay(103, 104, 4) == Approx(0.1).margin(1e-3));
    CHECK(cosine_decay(50, 100, 0, 0) == Approx(0.5));
    CHECK(cosine_decay(0, 4, 0) == 1);
    CHECK(warm_up(0, 104, 4) == cosine_decay(0, 104, 4));  // as the exercise of chapter 6 rises
}

TEST_CASE("clipping keeps the direction", "[ch11][larger]") {
    std::vector<double> slopes = {6, 8};
    clip(slopes, 1);
    CHECK(std::hypot(slopes[0], slopes[1]) == Approx(1));
    CHECK(slopes[1] / slopes[0] == Approx(8.0 / 6));
}

TEST_CASE("weight decay moves what no gradient does, by a share of what it is", "[ch11][larger]") {
    Tape tape;
    const Vector p = vector_of({2, -10, 0});
    Adam adam(p, {.learning_rate = 0.5});
    adam.step(differentiate([] { return Value(1) * 1.0; }).gradients);  // all of them 0
    check_numbers(p, {2, -10, 0});
    decay_weights(p, 0.5, 0.1);
    check_numbers(p, {1.9, -9.5, 0});
}

TEST_CASE("the gradient of a batch is the mean of its documents'", "[ch11][larger]") {
    Tape tape;
    Random random(1);
    const Gpt gpt({.vocab_size = 3, .n_embd = 4, .n_head = 2}, [&] { return random.gauss(0, 1); });
    const std::vector<std::vector<Index>> documents = {{0, 1, 0}, {0, 2, 1, 0}};
    const Gradients batch = differentiate(gpt, documents).gradients;
    const Gradients first = differentiate(gpt, documents[0]).gradients;
    const Gradients second = differentiate(gpt, documents[1]).gradients;
    for (Index i = 0; i < gpt.parameters().size(); ++i) {
        const Value p = gpt.parameters()[i];
        CHECK(batch[p] == Approx((first[p] + second[p]) / 2).margin(1e-12));
    }
}

// ---- Numbers of 16 bits

TEST_CASE("bf16 keeps eight bits, the first of them unsaid", "[ch11][larger]") {
    CHECK(to_bf16(1) == 1);
    CHECK(to_bf16(255) == 255);
    CHECK(to_bf16(1.0F + 1.0F / 128) == 1.0F + 1.0F / 128);
    CHECK(to_bf16(1.003F) == 1);
    CHECK(to_bf16(1.005F) == 1.0F + 1.0F / 128);
    CHECK(to_bf16(-3.14159265F) == -3.140625F);
}

TEST_CASE("bf16 rounds a tie to the even neighbour", "[ch11][larger]") {
    CHECK(to_bf16(257) == 256);  // 256 and 258 are neighbours
    CHECK(to_bf16(259) == 260);
    CHECK(to_bf16(-257) == -256);
}

TEST_CASE("bf16 reaches as far as a float, and what has no digits keeps its meaning",
          "[ch11][larger]") {
    using Limits = std::numeric_limits<float>;
    CHECK(to_bf16(1e38F) == Approx(1e38).epsilon(0.004));
    CHECK(to_bf16(1e-38F) == Approx(1e-38).epsilon(0.004));
    CHECK(to_bf16(0) == 0);
    CHECK(std::isinf(to_bf16(Limits::infinity())));
    CHECK(std::isinf(to_bf16(Limits::max())));  // the largest float rounds up
    CHECK(std::isnan(to_bf16(Limits::quiet_NaN())));
    CHECK(std::isnan(to_bf16(std::bit_cast<float>(0x7fffffffU))));
}

TEST_CASE("bf16: an update smaller than half a step is lost without master weights",
          "[ch11][larger]") {
    Tape tape;
    const Vector alone = vector_of({1});
    const Vector with_master = vector_of({1});
    std::vector<float> masters = {1};
    const auto add_little = [](Vector p) { Tape::current().parameters(p)[0] += 0.003; };
    for (int step = 0; step < 100; ++step) {
        add_little(alone);
        const double moved = Tape::current().parameters(alone)[0];
        Tape::current().parameters(alone)[0] = to_bf16(static_cast<float>(moved));
        step_on_masters(masters, with_master, [&] { add_little(with_master); });
    }
    CHECK(to_bf16(to_bf16(0.08F) + 0.0002F) == to_bf16(0.08F));  // as the page says
    CHECK(alone[0].data() == 1);
    CHECK(masters[0] == Approx(1.3));
    CHECK(with_master[0].data() == 1.296875);  // 166/128: the bfloat16 next to 1.3
}

TEST_CASE("a loss that is scaled by a power of two has all its gradients scaled, to the bit",
          "[ch11][larger]") {
    Tape tape;
    Random random(1);
    const Gpt gpt({.vocab_size = 3, .n_embd = 4, .n_head = 2}, [&] { return random.gauss(0, 1); });
    const std::vector<Index> tokens = {0, 1, 2, 0};
    const Gradients plain = differentiate([&] { return document_loss(gpt, tokens); }).gradients;
    const Gradients scaled =
        differentiate([&] { return document_loss(gpt, tokens) * 1024.0; }).gradients;
    for (Index i = 0; i < gpt.parameters().size(); ++i) {
        CHECK(scaled[gpt.parameters()[i]] == 1024 * plain[gpt.parameters()[i]]);
    }
}
