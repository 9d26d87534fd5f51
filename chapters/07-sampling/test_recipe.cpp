// Chapter 7: recipes, what they draw, and what the Elixir program does to its parameters.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "catch.hpp"
#include "microgpt/random/erlang_random.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/run/elixir_order.hpp"
#include "microgpt/run/recipe.hpp"

using namespace microgpt;

namespace {

using Strings = std::vector<std::string_view>;

constexpr GptConfig small = {.vocab_size = 3, .n_embd = 2, .n_head = 1, .block_size = 2};

}  // namespace

// ---- Draws

TEST_CASE("Python's draws are random's: shuffle, gauss, choices", "[ch07][draws]") {
    const auto draws = python_draws(42);
    Random random(42);
    Strings shuffled = {"a", "b", "c", "d", "e"};
    Strings expected = shuffled;
    draws->shuffle(shuffled);
    random.shuffle(expected);
    CHECK(shuffled == expected);
    CHECK(draws->normal(0.08) == random.gauss(0, 0.08));
    const std::vector<double> weights = {1, 2, 3, 4};
    CHECK(draws->choose(weights) == random.choices(weights));
    CHECK(draws->state() == random.state());
}

TEST_CASE("Elixir shuffles by a number for each item, the smallest first", "[ch07][draws]") {
    const auto draws = elixir_draws(42);
    ErlangRandom random(42);
    std::vector<std::pair<double, std::string_view>> ranked;
    for (const char* item : {"a", "b", "c", "d", "e"}) ranked.emplace_back(random.uniform(), item);
    Strings shuffled = {"a", "b", "c", "d", "e"};
    draws->shuffle(shuffled);
    std::ranges::sort(ranked);
    for (std::size_t i = 0; i < ranked.size(); ++i) CHECK(shuffled[i] == ranked[i].second);
    CHECK(draws->normal(0.5) == 0.5 * random.normal());
}

TEST_CASE("a choice falls on what has a weight", "[ch07][draws]") {
    for (const auto& make : {python_draws, elixir_draws}) {
        const auto draws = make(1);
        for (int i = 0; i < 100; ++i) CHECK(draws->choose(std::vector<double>{0, 2, 0}) == 1);
    }
}

TEST_CASE("the state is where the draws have got to", "[ch07][draws]") {
    for (const auto& make : {python_draws, elixir_draws}) {
        const auto draws = make(42);
        for (int i = 0; i < 1001; ++i) draws->normal(1);  // an odd number: Python has one to spare
        const auto other = make(7);
        other->restore(draws->state());
        for (int i = 0; i < 5; ++i) CHECK(other->normal(1) == draws->normal(1));
        const std::vector<double> weights = {1, 2, 3, 4};
        for (int i = 0; i < 20; ++i) CHECK(other->choose(weights) == draws->choose(weights));
        CHECK(other->state() == draws->state());
    }
}

TEST_CASE("what is not a generator's state is refused", "[ch07][draws][misuse]") {
    for (const auto& make : {python_draws, elixir_draws}) {
        const auto draws = make(42);
        CHECK_THROWS_AS(draws->restore({}), std::invalid_argument);
        CHECK_THROWS_AS(draws->restore({1, 2, 3, 4}), std::invalid_argument);
        CHECK_THROWS_AS(draws->restore({1, UINT64_MAX}), std::invalid_argument);
    }
    CHECK_THROWS_AS(elixir_draws(42)->restore({0, 0}), std::invalid_argument);
}

// ---- The Elixir program's order

TEST_CASE("the source's first matrix is made of the alphabet's", "[ch07][recipe]") {
    const Index wk = 3 * 2 + 2 * 2 + 3 * 2 + 2 * 2;  // after wte, wpe, lm_head and attn_wq
    const std::vector<Index> order = elixir_order(small);
    CHECK(order[0] == wk);
    CHECK(order[3] == wk + 3);
    CHECK(order[4] == wk + 2 * 4);  // then attn_wo, after attn_wv
}

TEST_CASE("every parameter has one place in the new order", "[ch07][recipe]") {
    for (const GptConfig& config : {small, GptConfig{.vocab_size = 5, .n_layer = 3}}) {
        std::vector<Index> order = elixir_order(config);
        std::ranges::sort(order);
        std::vector<Index> all(static_cast<std::size_t>(count_parameters(config)));
        std::iota(all.begin(), all.end(), 0);
        CHECK(order == all);
    }
}

// ---- Recipes

TEST_CASE("there are two recipes", "[ch07][recipe]") {
    const Recipe& python = recipe_of("python");
    CHECK(python.split == code_point);
    CHECK(python.sigma == 0.08);
    CHECK(python.order == nullptr);
    const Recipe& elixir = recipe_of("elixir");
    CHECK(elixir.split == grapheme);
    CHECK(elixir.sigma == std::sqrt(0.08));
    CHECK(elixir.order(small) == elixir_order(small));
    CHECK_THROWS_WITH(recipe_of("perl"), ContainsSubstring("no recipe 'perl'"));
}

TEST_CASE("the elixir recipe does not strip its lines", "[ch07][recipe]") {
    CHECK(recipe_of("python").documents(" a \r\n\n", "x") == Strings{"a"});
    CHECK(recipe_of("elixir").documents(" a \r\n\n", "x") == Strings{" a \r"});
}
