// Chapter 8: every engine trains as the reference programs do.
#include <cmath>
#include <fstream>
#include <iterator>

#include "catch.hpp"
#include "microgpt/run/engines.hpp"
#include "names.hpp"

using namespace microgpt;

namespace {

std::vector<double> losses_of(const std::string& recipe) {
    std::ifstream in(MICROGPT_SOURCE_DIR "/tests/golden/" + recipe + "-seed42.losses.txt");
    return {std::istream_iterator<double>(in), {}};
}

/// Trains, and holds every loss against the reference.
void check_trace(const std::string& name, const std::string& recipe, const Dataset& names) {
    const std::vector<double> losses = losses_of(recipe);
    REQUIRE(losses.size() == 1000);
    const Index steps = name == "graph" ? 50 : 1000;  // that one takes its time
    Tape tape;
    Run run = make_run({.recipe = recipe}, {.file = names.name}, {.name = name});
    run.train([&](Index step, double loss) {
        INFO(name << ", " << recipe << ", step " << step);
        const double expected = losses[step - 1];
        if (!(std::abs(loss - expected) < 1e-12)) FAIL_CHECK(loss << " for " << expected);
        return step < steps;
    });
}

}  // namespace

TEST_CASE("every engine has the losses of the reference programs", "[ch08][engine]") {
    const Dataset names = names_or_skip();
    if (!names.note.empty()) return;
    for (const std::string& name : engine_names) {
        for (const std::string recipe : {"python", "elixir"}) check_trace(name, recipe, names);
    }
}
