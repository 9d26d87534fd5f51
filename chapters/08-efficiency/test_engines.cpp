// Chapter 8: every engine finds the Value engine's numbers.
#include <cmath>

#include "catch.hpp"
#include "microgpt/engines/graph/number.hpp"
#include "microgpt/run/engines.hpp"
#include "shapes.hpp"

using namespace microgpt;

namespace {

/// The engine of that name, with random weights.
std::unique_ptr<Engine> engine_of(const std::string& name, const GptConfig& config) {
    return engine_of(engine_kind({.name = name}), config);
}

void check_close(std::span<const double> found, std::span<const double> expected) {
    REQUIRE(found.size() == expected.size());
    double largest = 0;
    for (const double x : expected) largest = std::max(largest, std::abs(x));
    for (std::size_t i = 0; i < found.size(); ++i) {
        INFO("number " << i << ": " << found[i] << " for " << expected[i]);
        const bool close = std::abs(found[i] - expected[i]) <=
                           1e-10 * std::max(std::abs(expected[i]), 1e-3 * largest);
        if (!close) FAIL_CHECK();
    }
}

/// Calls `check` with each engine but the first, the Value engine beside it, and some documents.
template <class Check>
void for_each_engine_and_shape(Check check) {
    for (const std::string& name : engine_names) {
        for (std::size_t i = 0; i < ten_shapes.size(); ++i) {
            INFO(name << ", shape " << i);
            Tape tape;
            const auto reference = engine_of("value", ten_shapes[i]);
            const auto engine = engine_of(name, ten_shapes[i]);
            check(*engine, *reference, documents_for(ten_shapes[i]));
        }
    }
}

}  // namespace

TEST_CASE("every engine finds the Value engine's loss and gradients", "[ch08][engine]") {
    for_each_engine_and_shape([](Engine& engine, Engine& reference, const auto& documents) {
        const std::span all = documents;
        for (std::size_t i = 0; i < all.size(); ++i) {  // each from the same weights, alone
            const std::vector<double> weights = reference.parameters();
            const Adam::State fresh = reference.adam();
            const double loss = engine.step(all.subspan(i, 1), 0);
            CHECK_THAT(loss,
                       Catch::Matchers::WithinRel(reference.step(all.subspan(i, 1), 0), 1e-10));
            check_close(engine.adam().m, reference.adam().m);  // m = (1 - beta1) g, at first
            engine.restore(weights, fresh);
            reference.restore(weights, fresh);
        }
    });
}

TEST_CASE("every engine's gradients are slopes of its loss", "[ch08][engine]") {
    for (const std::string& name : engine_names) {
        for (const std::size_t shape : {3, 5}) {
            Tape tape;
            const auto engine = engine_of(name, ten_shapes[shape]);
            const std::vector<Index> document = documents_for(ten_shapes[shape]).back();
            const std::vector<double> weights = engine->parameters();
            const Adam::State fresh = engine->adam();
            const auto loss_with = [&](std::size_t i, double nudge) {
                std::vector<double> nudged = weights;
                nudged[i] += nudge;
                engine->restore(nudged, fresh);
                return engine->step({&document, 1}, 0);
            };
            loss_with(0, 0);
            const std::vector<double> m = engine->adam().m;  // (1 - beta1) g, at first
            Random random(11);
            for (int check = 0; check < 40; ++check) {
                const auto i = static_cast<std::size_t>(random.random() * weights.size());
                const double slope = (loss_with(i, 1e-5) - loss_with(i, -1e-5)) / 2e-5;
                INFO(name << ", " << parameter_name(engine->config(), i));
                CHECK(std::abs(m[i] / 0.15 - slope) < 1e-8);
            }
        }
    }
}

TEST_CASE("each engine records less than the one below it", "[ch08][engine]") {
    StepMemory below = {100000, 100000000};
    for (const std::string& name : engine_names) {
        INFO(name);
        Tape tape;
        const auto engine = engine_of(name, ten_shapes[0]);
        const std::vector<Index> document = {26, 4, 12, 12, 0, 26};
        engine->step({&document, 1}, 1);
        const StepMemory first = engine->step_memory();
        CHECK((first.nodes < below.nodes || first.nodes == 0));
        CHECK(first.bytes < below.bytes);
        if (name == "tape") CHECK(first.nodes == 5 * 16 + 5);  // 16 a position, and the mean
        if (name == "flat" || name == "fast") CHECK(first.nodes == 0);
        below = first;
        engine->step({&document, 1}, 1);  // what was recorded is gone, or used again
        CHECK(engine->step_memory().nodes == first.nodes);
        CHECK(engine->step_memory().bytes == first.bytes);
    }
}

TEST_CASE("no engine records more than its kind says it needs", "[ch08][engine][memory]") {
    for (const std::string& name : engine_names) {
        for (const GptConfig& config : ten_shapes) {
            INFO(name << ", n_embd " << config.n_embd << ", n_layer " << config.n_layer);
            Tape tape;
            const EngineKind kind = engine_kind({.name = name});
            const auto engine = engine_of(kind, config);
            const std::vector<Index> longest(config.block_size + 1);
            engine->step({&longest, 1}, 1);
            const TrainingConfig training = {.config = config, .longest = config.block_size};
            CHECK(static_cast<double>(engine->step_memory().bytes) <= kind.bytes_needed(training));
        }
    }
}

TEST_CASE("a chain of a million Numbers is walked back and ends", "[ch08][engine]") {
    const std::size_t before = Number::count();
    Number x(1);
    {
        Number sum = x;
        Number power = x;
        for (int i = 0; i < 1000000; ++i) {
            sum = sum + x;
            power = power * power;  // both its operands are the same
        }
        sum.backward();
        CHECK(x.gradient() == 1000001);
        CHECK(Number::count() > 2000000);
    }
    CHECK(Number::count() == before + 1);
}

TEST_CASE("every engine takes the Value engine's steps", "[ch08][engine]") {
    for_each_engine_and_shape([](Engine& engine, Engine& reference, const auto& documents) {
        for (const double decay : {1.0, 0.9, 0.8}) {
            const double loss = engine.step(documents, decay);
            CHECK_THAT(loss, Catch::Matchers::WithinRel(reference.step(documents, decay), 1e-9));
        }
        check_close(engine.adam().m, reference.adam().m);
        check_close(engine.adam().v, reference.adam().v);
        CHECK(engine.adam().steps == 3);
    });
}

TEST_CASE("every engine reads as the Value engine, many documents at once", "[ch08][engine]") {
    for_each_engine_and_shape([](Engine& engine, Engine& reference, const auto& documents) {
        const auto reader = engine.reader(documents.size());
        const auto expected = reference.reader(documents.size());
        for (Index i = 0; i < engine.config().block_size; ++i) {
            std::vector<Index> tokens;
            for (const auto& document : documents) tokens.push_back(document[i % document.size()]);
            check_close(reader->read(tokens), expected->read(tokens));
        }
    });
}

TEST_CASE("every engine rearranges and restores its parameters", "[ch08][engine]") {
    for_each_engine_and_shape([](Engine& engine, Engine& reference, const auto& documents) {
        std::vector<Index> order(engine.parameters().size());
        for (std::size_t i = 0; i < order.size(); ++i) {
            order[i] = static_cast<Index>(order.size() - 1 - i);
        }
        for (Engine* each : {&engine, &reference}) {
            each->step(documents, 1);
            each->rearrange(order);
            each->step(documents, 1);
        }
        check_close(engine.adam().m, reference.adam().m);
        const std::vector<double> before = engine.parameters();
        const Adam::State memory = engine.adam();
        engine.step(documents, 1);
        CHECK(engine.parameters() != before);
        engine.restore(before, memory);
        CHECK(engine.parameters() == before);
        CHECK(engine.adam().m == memory.m);
        CHECK(engine.adam().v == memory.v);
        CHECK(engine.adam().steps == memory.steps);
    });
}

TEST_CASE("no engine takes what is of another model", "[ch08][engine][misuse]") {
    for_each_engine_and_shape([](Engine& engine, Engine&, const auto&) {
        CHECK_THROWS_AS(engine.restore({1, 2}, engine.adam()), std::invalid_argument);
        CHECK_THROWS_AS(engine.restore(engine.parameters(), {}), std::invalid_argument);
        const Index unknown = engine.config().vocab_size;
        CHECK_THROWS_AS(engine.reader(1)->read({&unknown, 1}), std::invalid_argument);
        const std::vector<std::vector<Index>> bad = {{0, unknown}, {0}};
        CHECK_THROWS_AS(engine.step(std::span(bad).first(1), 1), std::logic_error);
        CHECK_THROWS_AS(engine.step(std::span(bad).last(1), 1), std::logic_error);
        const Index bos = unknown - 1;
        const auto reader = engine.reader(1);
        for (Index i = 0; i < engine.config().block_size; ++i) reader->read({&bos, 1});
        CHECK_THROWS_AS(reader->read({&bos, 1}), std::invalid_argument);  // it is full
    });
}

TEST_CASE("no engine takes a step to numbers that are none", "[ch08][engine]") {
    for_each_engine_and_shape([](Engine& engine, Engine&, const auto& documents) {
        std::vector<double> weights = engine.parameters();
        for (double& weight : weights) weight *= 1e200;
        engine.restore(weights, engine.adam());
        CHECK_THROWS_AS(engine.step(documents, 1), NumberError);
        CHECK(engine.parameters() == weights);
        CHECK(engine.adam().steps == 0);
    });
}

TEST_CASE("every engine refuses what makes no step, no reading and no order",
          "[ch08][engine][misuse]") {
    for_each_engine_and_shape([](Engine& engine, Engine&, const auto& documents) {
        CHECK_THROWS_AS(engine.step({}, 1), std::invalid_argument);
        const std::vector<double> weights = engine.parameters();
        std::vector<Index> order(weights.size() - 1);
        CHECK_THROWS_AS(engine.rearrange(order), std::invalid_argument);
        order.assign(weights.size(), 0);
        if (order.size() > 1) CHECK_THROWS_AS(engine.rearrange(order), std::invalid_argument);
        order.assign(weights.size(), static_cast<Index>(weights.size()));
        CHECK_THROWS_AS(engine.rearrange(order), std::invalid_argument);
        CHECK(engine.parameters() == weights);
        const std::vector<Index> tokens(4);
        const auto reader = engine.reader(3);
        for (const std::size_t count : {0, 1, 2, 4}) {
            const std::span some = std::span(tokens).first(count);
            CHECK_THROWS_AS(reader->read(some), std::invalid_argument);
            CHECK_THROWS_AS(reader->read_probabilities(some, 1), std::invalid_argument);
        }
        CHECK_THROWS_AS(reader->restart(3), std::out_of_range);
        for (const double temperature : {0.0, -1.0, double(NAN), double(INFINITY)}) {
            CHECK_THROWS_AS(reader->read_probabilities(std::span(tokens).first(3), temperature),
                            std::invalid_argument);
        }
        CHECK_NOTHROW(reader->read_probabilities(std::span(tokens).first(3), 1));
        CHECK(documents.size() == 3);
    });
}

TEST_CASE("no engine is made of more parameters than can be counted", "[ch08][engine][misuse]") {
    for (const std::string& name : engine_names) {
        INFO(name);
        Tape tape;
        const GptConfig config = {.vocab_size = 3, .n_embd = Index{1} << 31, .n_head = 1};
        CHECK_THROWS_WITH(engine_of(name, config), ContainsSubstring("is too large for an Index"));
    }
}

TEST_CASE("what Adam remembered is not changed by a later step", "[ch08][engine]") {
    for_each_engine_and_shape([](Engine& engine, Engine&, const auto& documents) {
        engine.step(documents, 1);
        const Adam::State& before = engine.adam();
        const std::vector<double> m = before.m;
        engine.step(documents, 1);
        CHECK(before.m == m);
        CHECK(before.steps == 1);
        CHECK(engine.adam().m != m);
    });
}

TEST_CASE("shares add up to one at any temperature", "[ch08][engine]") {
    for (const GptConfig& config : ten_shapes) {
        for (const EngineChoice& choice :
             {EngineChoice{"flat"}, EngineChoice{"fast"}, EngineChoice{"fast", "f32"}}) {
            const auto engine = engine_of(engine_kind(choice), config);
            const Index token = 0;
            for (const double temperature : {1e-30, 1e-3, 1.0, 1e3, 1e30, 1e39, 1e300}) {
                INFO(choice.name << ' ' << choice.dtype << " at " << temperature);
                const auto reader = engine->reader(1);
                double sum = 0;
                for (const double share : reader->read_probabilities({&token, 1}, temperature)) {
                    sum += share;
                    if (temperature >= 1e30) CHECK(share == Approx(1.0 / config.vocab_size));
                }
                CHECK(sum == Approx(1));
            }
        }
    }
}

TEST_CASE("a Number's second walk back adds to what the first has left", "[ch08][engine]") {
    const Number a(2);
    const Number b(3);
    const Number c = a * b * b;
    c.backward();
    CHECK(b.gradient() == 12);
    c.backward();
    CHECK(b.gradient() != 24);  // as chapter 1 warns
}

TEST_CASE("there is no engine of another name", "[ch08][engine][misuse]") {
    CHECK_THROWS_WITH(engine_of("steam", {.vocab_size = 3}),
                      "there is no engine 'steam': choose graph value tape flat fast");
}
