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
