// Chapter 8: every engine trains as the reference programs do.
#include <cmath>
#include <fstream>
#include <iterator>

#include "catch.hpp"
#include "microgpt/run/engines.hpp"
#include "microgpt/run/recipe.hpp"
#include "names.hpp"

using namespace microgpt;

namespace {

std::vector<double> losses_of(const std::string& recipe) {
    std::ifstream in(MICROGPT_SOURCE_DIR "/tests/golden/" + recipe + "-seed42.losses.txt");
    return {std::istream_iterator<double>(in), {}};
}

/// Trains as a Run does, and holds every loss against the reference.
void check_trace(const std::string& name, const std::string& recipe_name, const Dataset& names) {
    const std::vector<double> losses = losses_of(recipe_name);
    REQUIRE(losses.size() == 1000);
    const Index steps = name == "graph" ? 50 : 1000;  // that one takes its time
    Tape tape;
    const auto recipe = make_recipe(recipe_name, 42);
    const std::vector<std::string_view> docs = recipe->documents(names.text, names.name);
    const Tokenizer tokenizer(docs, recipe->split());
    const auto engine =
        engine_kind({.name = name}).make({.config = {.vocab_size = tokenizer.vocab_size()}}, [&] {
            return recipe->weight();
        });
    for (Index step = 0; step < steps; ++step) {
        const std::vector<Index> tokens = tokenizer.encode(docs[step]);
        const double loss = engine->step({&tokens, 1}, linear_decay(step, 1000));
        recipe->after_step(step, *engine);
        INFO(name << ", " << recipe_name << ", step " << step + 1);
        if (!(std::abs(loss - losses[step]) < 1e-12)) FAIL_CHECK(loss << " for " << losses[step]);
    }
}

}  // namespace

TEST_CASE("every engine has the losses of the reference programs", "[ch08][engine]") {
    const Dataset names = names_or_skip();
    if (!names.note.empty()) return;
    for (const std::string& name : engine_names) {
        for (const std::string recipe : {"python", "elixir"}) check_trace(name, recipe, names);
    }
}
