// Chapter 3: the generator draws what CPython's draws.
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "microgpt/random/random.hpp"

using namespace microgpt;

namespace {

nlohmann::json python_draws() {
    return nlohmann::json::parse(
        std::ifstream(MICROGPT_SOURCE_DIR "/tests/golden/python-random.json"));
}

}  // namespace

TEST_CASE("random() draws what CPython draws, for four seeds", "[ch03][random]") {
    const auto golden = python_draws();
    for (const auto& [seed, draws] : golden.items()) {
        Random random(std::stoull(seed));
        for (const double expected : draws["random"].get<std::vector<double>>())
            CHECK(random.random() == expected);
    }
}

TEST_CASE("gauss() draws what CPython draws", "[ch03][random]") {
    const auto golden = python_draws();
    for (const auto& [seed, draws] : golden.items()) {
        Random random(std::stoull(seed));
        for (const double expected : draws["gauss_0_1"].get<std::vector<double>>()) {
            CHECK(random.gauss(0, 1) == Approx(expected).epsilon(1e-15));
        }
    }
}

TEST_CASE("shuffle() deals as CPython deals", "[ch03][random]") {
    const auto golden = python_draws();
    for (const auto& [seed, draws] : golden.items()) {
        Random random(std::stoull(seed));
        std::vector<int> cards = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        random.shuffle(cards);
        CHECK(cards == draws["shuffle_range10"].get<std::vector<int>>());
    }
}

TEST_CASE("choices() draws what CPython draws", "[ch03][random]") {
    const std::vector<double> weights = {0.1, 0.2, 0.3, 0.25, 0.15};
    const auto golden = python_draws();
    for (const auto& [seed, draws] : golden.items()) {
        Random random(std::stoull(seed));
        for (const std::size_t expected :
             draws["choices_5_weights_0.1_0.2_0.3_0.25_0.15"].get<std::vector<std::size_t>>()) {
            CHECK(random.choices(weights) == expected);
        }
    }
}

TEST_CASE("choices() never draws what has no weight", "[ch03][random]") {
    Random random(1);
    const std::vector<double> weights = {0, 1, 0, 3, 0};
    std::vector<int> counts(5);
    for (int i = 0; i < 4000; ++i) ++counts[random.choices(weights)];
    CHECK(counts[0] + counts[2] + counts[4] == 0);
    CHECK(std::abs(counts[3] - 3000) < 150);
}

TEST_CASE("gauss() has the mean and the deviation it was asked for", "[ch03][random]") {
    Random random(3);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 20000; ++i) {
        const double x = random.gauss(5, 2);
        sum += x;
        squares += (x - 5) * (x - 5);
    }
    CHECK(sum / 20000 == Approx(5).margin(0.05));
    CHECK(std::sqrt(squares / 20000) == Approx(2).margin(0.05));
}

TEST_CASE("the state is as long after many draws, and goes on from there", "[ch03][random]") {
    Random random(7);
    for (const int draws : {0, 1, 623, 624, 1000, 100'000}) {
        for (int i = 0; i < draws; ++i) random.random();
        random.gauss(0, 1);
        const std::vector<std::uint64_t> state = random.state();
        CHECK(state.size() <= Random::size + 1);
        Random restored(1);
        restored.restore(state);
        CHECK(restored.state() == state);
        Random original = random;
        for (int i = 0; i < 2000; ++i) CHECK(restored.random() == original.random());
        CHECK(restored.gauss(0, 1) == original.gauss(0, 1));
    }
}

TEST_CASE("a state as it once was written, a seed and a number of draws, is read",
          "[ch03][random]") {
    Random random(7);
    for (int i = 0; i < 500; ++i) random.random();
    Random restored(1);
    restored.restore({7, 1000});
    CHECK(restored.state() == random.state());
    random.gauss(0, 1);
    const std::uint64_t spare = random.state().back();
    restored.restore({7, 1004, spare});
    CHECK(restored.state() == random.state());
}

TEST_CASE("what is no state is refused, and changes nothing", "[ch03][random][misuse]") {
    Random random(7);
    const std::vector<std::uint64_t> before = random.state();
    std::vector<std::uint64_t> large = before;
    large[3] = std::uint64_t{1} << 32;
    const std::uint64_t nan = 0x7ff8000000000000;
    std::vector<std::uint64_t> spare = before;
    spare.push_back(nan);
    std::vector<std::uint64_t> one_more = before;
    one_more.push_back(before.front());  // a word, not a draw
    for (const std::vector<std::uint64_t>& state : {{},
                                                    {7},
                                                    {7, 1'000'000'001},
                                                    {7, 2, nan},
                                                    {7, 2, 0, 0},
                                                    std::vector<std::uint64_t>(624),
                                                    std::vector<std::uint64_t>(626, 1),
                                                    large,
                                                    one_more,
                                                    {7, 2, 0x4024000000000000},  // 10
                                                    spare}) {
        CHECK_THROWS_AS(random.restore(state), std::invalid_argument);
        CHECK(random.state() == before);
    }
}

TEST_CASE("choices() refuses weights that are none", "[ch03][random][misuse]") {
    Random random(7);
    for (const std::vector<double>& weights :
         {std::vector<double>{}, {0, 0}, {1, -1}, {1, double(NAN)}, {1, double(INFINITY)}}) {
        CHECK_THROWS_AS(random.choices(weights), std::invalid_argument);
    }
}
