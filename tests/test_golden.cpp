// The golden traces: every loss and every name of the reference programs.
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>

#include "catch.hpp"
#include "microgpt/file.hpp"
#include "microgpt/microgpt.hpp"
#include "names.hpp"

using namespace microgpt;

namespace {

const std::string golden = MICROGPT_SOURCE_DIR "/tests/golden/";

/// What a reference program printed, in full precision.
struct Trace {
    std::vector<double> losses;
    std::vector<std::string> samples;
};

template <class T>
std::vector<T> words_of(const std::string& file) {
    std::ifstream in(golden + file);
    return std::vector<T>(std::istream_iterator<T>(in), {});
}

std::string printed(double loss) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4f", loss);
    return text;
}

/// Trains as `options` say and holds every loss and every name against the reference.
void check_trace(const Options& options, double temperature, const Trace& reference) {
    Tape tape;
    Trained trained = run(options);
    REQUIRE(trained.losses.size() == reference.losses.size());
    for (std::size_t i = 0; i < trained.losses.size(); ++i) {
        INFO("step " << i + 1);
        CHECK(printed(trained.losses[i]) == printed(reference.losses[i]));
        CHECK(std::abs(trained.losses[i] - reference.losses[i]) < 1e-12);
    }
    const int count = static_cast<int>(reference.samples.size());
    CHECK(generate(trained.model, trained.tokenizer, count, temperature) == reference.samples);
}

/// The reference run of a recipe, with all defaults.
void check_reference_run(const std::string& recipe) {
    const Dataset names = names_or_skip();
    if (!names.note.empty()) return;
    Options options;
    options.recipe = recipe;
    options.data.file = names.name;
    const Trace reference = {words_of<double>(recipe + "-seed42.losses.txt"),
                             words_of<std::string>(recipe + "-seed42.samples.txt")};
    REQUIRE(reference.losses.size() == 1000);
    REQUIRE(reference.samples.size() == 20);
    check_trace(options, 0.5, reference);
}

/// A run recorded in golden/cases.
void check_case(const std::string& name) {
    const auto recorded = nlohmann::json::parse(std::ifstream(golden + "cases/" + name + ".json"));
    Options options;
    options.data.file = golden + "cases/accents.txt";
    if (recorded["data"] == "names.txt") {
        const Dataset names = names_or_skip();
        if (!names.note.empty()) return;
        options.data.file = names.name;
    }
    options.recipe = recorded["recipe"];
    options.seed = std::stoull(recorded["seed"].get<std::string>());
    options.steps = recorded["steps"];
    options.n_layer = recorded["n_layer"];
    options.n_embd = recorded["n_embd"];
    options.n_head = recorded["n_head"];
    options.block_size = recorded["block_size"];
    options.learning_rate = recorded["learning_rate"];
    options.on_start = [&](const Summary& summary) {
        CHECK(summary.num_docs == recorded["num_docs"]);
        CHECK(summary.tokenizer.vocab_size() == recorded["vocab_size"]);
        CHECK(summary.num_params == recorded["num_params"]);
    };
    check_trace(options, recorded["temperature"], {recorded["losses"], recorded["samples"]});
}

}  // namespace

TEST_CASE("python recipe: 1000 losses and 20 names of microgpt.py", "[golden]") {
    check_reference_run("python");
}

TEST_CASE("elixir recipe: 1000 losses and 20 names of the README", "[golden]") {
    check_reference_run("elixir");
}

TEST_CASE("python recipe, seed 7", "[golden]") { check_case("python-seed7"); }
TEST_CASE("python recipe, the largest seed", "[golden]") { check_case("python-seed-max"); }
TEST_CASE("python recipe, seed 0, temperature 1.5", "[golden]") { check_case("python-seed0-hot"); }
TEST_CASE("python recipe, 2 layers of 32, block 8", "[golden]") { check_case("python-two-layers"); }
TEST_CASE("python recipe, accents and four scripts", "[golden]") { check_case("python-accents"); }

TEST_CASE("elixir recipe, seed 7", "[golden]") { check_case("elixir-seed7"); }
TEST_CASE("elixir recipe, the largest seed", "[golden]") { check_case("elixir-seed-max"); }
TEST_CASE("elixir recipe, temperature 0.1", "[golden]") { check_case("elixir-cold"); }
TEST_CASE("elixir recipe, 2 layers of 32, block 8", "[golden]") { check_case("elixir-two-layers"); }
TEST_CASE("elixir recipe, accents and four scripts", "[golden]") { check_case("elixir-accents"); }

TEST_CASE("the embedded sample has a trace of its own", "[golden]") {
    const std::string file = MICROGPT_SOURCE_DIR "/data/dreamed-names.txt";
    CHECK(embedded_sample().text == read_file(file));
    const auto recorded = nlohmann::json::parse(std::ifstream(golden + "sample.json"));
    for (const std::string recipe : {"python", "elixir"}) {
        INFO(recipe);
        Options options;
        options.recipe = recipe;
        options.data.file = file;
        options.steps = 200;
        check_trace(options, 0.5, {recorded[recipe]["losses"], recorded[recipe]["samples"]});
    }
}

TEST_CASE("two runs on one Tape do not disturb each other", "[golden]") {
    Tape tape;
    Options options;
    options.data.file = golden + "cases/accents.txt";
    options.steps = 20;
    Trained first = run(options);
    Trained second = run(options);
    CHECK(first.losses == second.losses);
    CHECK(generate(first.model, first.tokenizer, 5) == generate(second.model, second.tokenizer, 5));
}
