// The golden traces: every loss and every name of the reference programs.
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "microgpt/files/file.hpp"
#include "microgpt/microgpt.hpp"
#include "names.hpp"

using namespace microgpt;

namespace {

const std::string golden = MICROGPT_SOURCE_DIR "/tests/golden/";

/// That of the chapters, and that of the program.
const std::vector<EngineKind> kinds = {value_kind(), engine_kind({})};

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

/// Trains to the end and holds every loss and every name against the reference.
void check_trace(Run& run, double temperature, const Trace& reference) {
    run.train();
    REQUIRE(run.losses().size() == reference.losses.size());
    for (std::size_t i = 0; i < run.losses().size(); ++i) {
        INFO("step " << i + 1);
        CHECK(printed(run.losses()[i]) == printed(reference.losses[i]));
        CHECK(std::abs(run.losses()[i] - reference.losses[i]) < 1e-12);
    }
    const std::size_t count = reference.samples.size();
    CHECK(run.generate({.count = count, .temperature = temperature}) == reference.samples);
}

/// The reference run of a recipe, with all defaults.
Trace reference_of(const std::string& recipe) {
    const Trace trace = {words_of<double>(recipe + "-seed42.losses.txt"),
                         words_of<std::string>(recipe + "-seed42.samples.txt")};
    REQUIRE(trace.losses.size() == 1000);
    REQUIRE(trace.samples.size() == 20);
    return trace;
}

void check_reference_run(const std::string& recipe) {
    const Dataset names = names_or_skip();
    if (!names.note.empty()) return;
    for (const EngineKind& kind : kinds) {
        Tape tape;
        Run run(kind, {.recipe = recipe}, {.file = names.name});
        check_trace(run, 0.5, reference_of(recipe));
    }
}

/// A run recorded in golden/cases.
void check_case(const std::string& name) {
    const auto recorded = nlohmann::json::parse(std::ifstream(golden + "cases/" + name + ".json"));
    const std::string data = recorded["data"];
    std::string file = golden + "cases/" + data;
    if (data == "names.txt") {
        const Dataset names = names_or_skip();
        if (!names.note.empty()) return;
        file = names.name;
    }
    for (const EngineKind& kind : kinds) {
        Tape tape;
        Run run(kind,
                {.recipe = recorded["recipe"],
                 .seed = std::stoull(recorded["seed"].get<std::string>()),
                 .steps = recorded["steps"],
                 .n_layer = recorded["n_layer"],
                 .n_embd = recorded["n_embd"],
                 .n_head = recorded["n_head"],
                 .block_size = recorded["block_size"],
                 .learning_rate = recorded["learning_rate"]},
                {.file = file});
        CHECK(run.num_docs() == recorded["num_docs"]);
        CHECK(run.tokenizer().vocab_size() == recorded["vocab_size"]);
        CHECK(run.engine().parameters().size() == recorded["num_params"]);
        check_trace(run, recorded["temperature"], {recorded["losses"], recorded["samples"]});
    }
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
TEST_CASE("python recipe, a byte-order mark and CRLF", "[golden]") { check_case("python-marked"); }

TEST_CASE("elixir recipe, seed 7", "[golden]") { check_case("elixir-seed7"); }
TEST_CASE("elixir recipe, the largest seed", "[golden]") { check_case("elixir-seed-max"); }
TEST_CASE("elixir recipe, temperature 0.1", "[golden]") { check_case("elixir-cold"); }
TEST_CASE("elixir recipe, 2 layers of 32, block 8", "[golden]") { check_case("elixir-two-layers"); }
TEST_CASE("elixir recipe, accents and four scripts", "[golden]") { check_case("elixir-accents"); }
TEST_CASE("elixir recipe, a byte-order mark and CRLF", "[golden]") { check_case("elixir-marked"); }

TEST_CASE("the embedded sample has a trace of its own", "[golden]") {
    const std::string file = MICROGPT_SOURCE_DIR "/data/dreamed-names.txt";
    CHECK(embedded_sample().text == read_file(file));
    const auto recorded = nlohmann::json::parse(std::ifstream(golden + "sample.json"));
    for (const std::string recipe : {"python", "elixir"}) {
        INFO(recipe);
        Run run = make_run({.recipe = recipe, .steps = 200}, {.file = file});
        check_trace(run, 0.5, {recorded[recipe]["losses"], recorded[recipe]["samples"]});
    }
}

TEST_CASE("two runs on one Tape do not disturb each other", "[golden]") {
    Tape tape;
    const DatasetOptions data = {.file = golden + "cases/accents.txt"};
    Run first(value_kind(), {.steps = 20}, data);
    Run second(value_kind(), {.steps = 20}, data);
    while (!first.done()) {
        CHECK(first.step() == second.step());
    }
    CHECK(first.generate({.count = 5}) == second.generate({.count = 5}));
}

// ---- Stopped and taken up again

void check_resumed(const std::string& recipe, Index stop) {
    const Dataset names = names_or_skip();
    if (!names.note.empty()) return;
    for (const EngineKind& kind : kinds) {
        std::string kept;
        {
            Tape tape;
            Run run(kind, {.recipe = recipe}, {.file = names.name});
            while (run.losses().size() < stop) run.step();
            kept = to_bytes(run.checkpoint());
        }
        Tape tape;
        Run run(kind, from_bytes(kept));
        run.load({.file = names.name});
        CHECK(run.losses().size() == stop);
        check_trace(run, 0.5, reference_of(recipe));
    }
}

TEST_CASE("python recipe, stopped and taken up again, goes on with the same digits", "[golden]") {
    for (const Index stop : {1, 137, 999, 1000}) check_resumed("python", stop);
}

TEST_CASE("elixir recipe, stopped and taken up again, goes on with the same digits", "[golden]") {
    for (const Index stop : {1, 137, 999, 1000}) check_resumed("elixir", stop);
}
