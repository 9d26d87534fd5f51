// Preference: the loss of a pair, by hand and on a model, and what steps down it do.
#include "preference.hpp"

#include "catch.hpp"
#include "microgpt/autograd/gradcheck.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/training/trainer.hpp"

using namespace microgpt;

namespace {

const std::vector<Pair> pairs = {{{4, 0, 1, 4}, {4, 2, 3, 4}}, {{4, 1, 4}, {4, 3, 3, 3, 4}}};

Gpt small() {
    Random random(7);
    return {{.vocab_size = 5, .n_embd = 8, .n_head = 2, .block_size = 4},
            [&] { return random.gauss(0, 0.3); }};
}

double mean_gap(const Gpt& gpt) {
    double gap = 0;
    for (const auto& [preferred, other] : shares(gpt, pairs)) gap += (preferred - other) / 2;
    return gap;
}

}  // namespace

TEST_CASE("a model that has learned nothing yet loses log 2 at a pair", "[ch11][preference]") {
    const Tape tape;
    for (const double beta : {0.1, 1.0}) {
        const Value loss = preference_loss(Value(-12), Value(-11), {-12, -11}, beta);
        CHECK(loss.data() == Approx(std::log(2)));
    }
}

TEST_CASE("what counts is how much more the preferred name has gained, times beta",
          "[ch11][preference]") {
    const Tape tape;
    const Value preferred(-11);
    const Value other(-12);
    const Value loss = preference_loss(preferred, other, {-12, -11}, 1);
    CHECK(loss.data() == Approx(-std::log(1 / (1 + std::exp(-2)))));
    const Gradients slopes = backward(loss);
    CHECK(slopes[preferred] == Approx(-1 / (1 + std::exp(2))));
    CHECK(slopes[other] == Approx(1 / (1 + std::exp(2))));
    const Value less = preference_loss(preferred, other, {-12, -11}, 0.1);
    CHECK(less.data() == Approx(std::log(1 + std::exp(-0.2))));
}

TEST_CASE("the share of a name is that of its letters and of its end", "[ch11][preference]") {
    const Tape tape;
    const Gpt gpt = small();
    const std::vector<Index> name = {4, 0, 1, 4};
    CHECK(log_share(gpt, name).data() == Approx(-3 * document_loss(gpt, name).data()));
}

TEST_CASE("a name that fills the block has no end to foresee", "[ch11][preference]") {
    const Tape tape;
    const Gpt gpt = small();
    const std::vector<Index> name = {4, 0, 1, 2, 3, 4};
    CHECK(log_share(gpt, name).data() == Approx(-4 * document_loss(gpt, name).data()));
}

TEST_CASE("to look at pairs leaves the tape as it was", "[ch11][preference]") {
    const Tape tape;
    const Gpt gpt = small();
    const std::size_t before = tape.size();
    CHECK(shares(gpt, pairs).size() == 2);
    CHECK(tape.size() == before);
}

TEST_CASE("steps down the loss widen the gap, and a small beta lets it grow wider",
          "[ch11][preference]") {
    std::vector<double> gaps;
    for (const double beta : {10.0, 1.0, 0.1}) {
        const Tape tape;
        const Gpt gpt = small();
        const double before = mean_gap(gpt);
        prefer(gpt, pairs, {.beta = beta, .steps = 50, .batch = 2, .learning_rate = 0.01});
        gaps.push_back(mean_gap(gpt) - before);
    }
    CHECK(gaps[0] > 0.1);
    CHECK(gaps[1] > gaps[0]);
    CHECK(gaps[2] > gaps[1]);
}
