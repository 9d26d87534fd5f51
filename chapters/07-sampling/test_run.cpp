// Chapter 7: a run, its corpus and its settings.
#include <cmath>
#include <limits>
#include <optional>
#include <type_traits>

#include "catch.hpp"
#include "microgpt/engines/value_engine.hpp"
#include "microgpt/files/save.hpp"
#include "microgpt/run/run.hpp"
#include "temporary.hpp"

using namespace microgpt;

namespace {

/// A file so short that a std::string keeps its text within itself.
class SmallFile {
  public:
    SmallFile() { write_file(file(), "ab\nba\nabba\n"); }
    std::filesystem::path file() const { return folder_.path() / "small.txt"; }

  private:
    TemporaryDirectory folder_;
};

const Settings small = {.steps = 6, .n_embd = 2, .n_head = 1, .block_size = 4};

Run small_run(const SmallFile& data, const Settings& settings = small) {
    return Run(value_kind(), settings, {.file = data.file()});
}

}  // namespace

// ---- Training

TEST_CASE("a run trains to its end, and tells of every step", "[ch07][run]") {
    const SmallFile data;
    Tape tape;
    Run run = small_run(data);
    std::vector<double> told;
    run.train([&](Index step, double loss) {
        told.push_back(loss);
        return step == told.size();
    });
    CHECK(run.done());
    CHECK(told == run.losses());
    CHECK(told.size() == 6);
    Run silent = small_run(data);
    silent.train();
    CHECK(silent.losses() == told);
}

TEST_CASE("a run stops where it is told to, and goes on from there", "[ch07][run]") {
    const SmallFile data;
    Tape tape;
    Run run = small_run(data);
    run.train([](Index step, double) { return step < 2; });
    CHECK(run.losses().size() == 2);
    run.train();
    Run whole = small_run(data);
    whole.train();
    CHECK(run.losses() == whole.losses());
}

TEST_CASE("a run that is done, or without data, takes no step", "[ch07][run][misuse]") {
    const SmallFile data;
    Tape tape;
    Run run = small_run(data);
    run.train();
    CHECK_THROWS_WITH(run.step(), ContainsSubstring("give it more steps"));
    Checkpoint checkpoint = run.checkpoint();
    checkpoint.settings.steps = 7;
    Run other(value_kind(), checkpoint);
    CHECK_THROWS_WITH(other.train(), ContainsSubstring("load()"));
}

// ---- Moving

TEST_CASE("a run that was moved goes on with the same digits", "[ch07][run]") {
    static_assert(std::is_nothrow_move_constructible_v<Run>);
    static_assert(std::is_nothrow_move_assignable_v<Run>);
    static_assert(!std::is_copy_constructible_v<Run>);
    const SmallFile data;
    for (const char* recipe : {"python", "elixir"}) {
        Settings settings = small;
        settings.recipe = recipe;
        Tape tape;
        Run still = small_run(data, settings);
        std::optional<Run> first(small_run(data, settings));
        first->step();
        Run second = std::move(*first);
        first.reset();
        second.step();
        std::optional<Run> third(small_run(data, settings));
        *third = std::move(second);
        third->train();
        still.train();
        CHECK(third->losses() == still.losses());
        CHECK(third->generate({.count = 5}) == still.generate({.count = 5}));
        CHECK(to_bytes(third->checkpoint()) == to_bytes(still.checkpoint()));
    }
}

TEST_CASE("a run that was moved says so", "[ch07][run][misuse]") {
    const SmallFile data;
    Tape tape;
    Run run = small_run(data);
    const Run other = std::move(run);
    const auto moved = ContainsSubstring("this run was moved");
    // NOLINTBEGIN(bugprone-use-after-move,clang-analyzer-cplusplus.Move): that is the question
    CHECK_THROWS_WITH(run.step(), moved);
    CHECK_THROWS_WITH(run.train(), moved);
    CHECK_THROWS_WITH(run.generate(), moved);
    CHECK_THROWS_WITH(run.encode("a"), moved);
    CHECK_THROWS_WITH(run.checkpoint(), moved);
    CHECK_THROWS_WITH(run.load({.file = data.file()}), moved);
    CHECK_THROWS_WITH(run.engine(), moved);
    // NOLINTEND(bugprone-use-after-move,clang-analyzer-cplusplus.Move)
    run = small_run(data);
    CHECK(run.step() > 0);
}

// ---- Inventing

TEST_CASE("what is generated starts with the prompt", "[ch07][run]") {
    const SmallFile data;
    Tape tape;
    Run run = small_run(data);
    CHECK(run.generate().size() == 1);
    for (const std::string& name : run.generate({.count = 5, .temperature = 2, .prompt = "ba"})) {
        CHECK(name.substr(0, 2) == "ba");
    }
    CHECK_THROWS_WITH(run.generate({.prompt = "c"}), ContainsSubstring("'c' is not in the data"));
    CHECK_THROWS_WITH(run.generate({.prompt = "abab"}), ContainsSubstring("leaves no room"));
    CHECK_THROWS_AS(run.generate({.side_by_side = 0}), std::invalid_argument);
}

TEST_CASE("side by side, names are the same however many there are at once", "[ch07][run]") {
    const SmallFile data;
    Tape tape;
    const auto names = [&](std::size_t count, std::size_t side_by_side) {
        return small_run(data).generate({.count = count, .side_by_side = side_by_side});
    };
    const std::vector<std::string> all = names(40, 7);
    CHECK(names(40, 2) == all);
    CHECK(names(40, 64) == all);
    const std::vector<std::string> fewer = names(11, 3);
    CHECK(std::equal(fewer.begin(), fewer.end(), all.begin()));
    Run run = small_run(data);  // in two calls it goes on
    std::vector<std::string> parts = run.generate({.count = 10, .side_by_side = 4});
    for (const std::string& name : run.generate({.count = 30, .side_by_side = 5})) {
        parts.push_back(name);
    }
    CHECK(parts == all);
}

// ---- Loading

TEST_CASE("a text that is refused is not trained on", "[ch07][run][misuse]") {
    const SmallFile data;
    Tape tape;
    Run run = small_run(data);
    run.step();
    Checkpoint other = run.checkpoint();
    other.vocabulary.tokens = {"a", "c"};
    Run refusing(value_kind(), other);
    CHECK_THROWS_WITH(refusing.load({.file = data.file()}),
                      ContainsSubstring("another vocabulary than "));
    CHECK_THROWS_WITH(refusing.step(), ContainsSubstring("there is no data"));
}

TEST_CASE("a text that cannot be had leaves the run with the one it has", "[ch07][run]") {
    const SmallFile data;
    Tape tape;
    Run whole = small_run(data);
    whole.train();
    Run run = small_run(data);
    run.step();
    Run resumed(value_kind(), run.checkpoint());
    resumed.load({.file = data.file()});
    resumed.step();
    CHECK_THROWS_AS(resumed.load({.file = "/nowhere/none.txt"}), DataError);
    resumed.train();
    CHECK(resumed.losses() == whole.losses());
}

TEST_CASE("a run that is taken up needs the memory of a fresh one", "[ch07][run][memory]") {
    const SmallFile data;
    Tape tape;
    Run run = small_run(data);
    run.step();
    Checkpoint checkpoint = run.checkpoint();
    checkpoint.settings.batch = std::numeric_limits<Index>::max();
    Settings fresh = small;
    fresh.batch = checkpoint.settings.batch;
    const auto refused = ContainsSubstring(" GB of memory and there is ");
    CHECK_THROWS_WITH(small_run(data, fresh), refused);
    Run resumed(value_kind(), checkpoint);  // to invent names it needs no more than its model
    CHECK(resumed.generate({.count = 2}).size() == 2);
    CHECK_THROWS_WITH(resumed.load({.file = data.file()}), refused);
    CHECK_THROWS_WITH(resumed.step(), ContainsSubstring("there is no data"));
}

// ---- Settings

TEST_CASE("settings that make no run are refused", "[ch07][settings][misuse]") {
    const double infinity = std::numeric_limits<double>::infinity();
    CHECK_THROWS_WITH(checked({.batch = 0}), ContainsSubstring("choose 1, or more"));
    CHECK_THROWS_WITH(checked({.n_embd = 0}), ContainsSubstring("sizes start at 1"));
    CHECK_THROWS_WITH(checked({.n_head = 3}), ContainsSubstring("must divide"));
    for (const double rate : {0.0, -0.01, double(NAN), infinity}) {
        CHECK_THROWS_WITH(checked({.learning_rate = rate}), ContainsSubstring("above 0"));
    }
    CHECK_THROWS_WITH(checked({.learning_rate = -1}),
                      "a learning rate of -1: choose a number above 0");
    CHECK(checked({.learning_rate = 1e-300}).learning_rate == 1e-300);
    for (const double share : {-0.1, 1.0, 1.5, double(NAN), infinity}) {
        CHECK_THROWS_WITH(checked({.held_out = share}), ContainsSubstring("choose 0, or more"));
    }
    CHECK(checked({.held_out = 0.999}).held_out == 0.999);
    const SmallFile data;
    Tape tape;
    CHECK_THROWS_AS(small_run(data, {.batch = 0}), std::invalid_argument);
}

// ---- Errors

TEST_CASE("what goes wrong outside of the program is an Error", "[ch07][error]") {
    static_assert(std::is_base_of_v<std::runtime_error, Error>);
    static_assert(std::is_base_of_v<Error, DataError>);
    static_assert(std::is_base_of_v<Error, DownloadError>);
    static_assert(std::is_base_of_v<Error, FileError>);
    static_assert(std::is_base_of_v<Error, FormatError>);
    static_assert(std::is_base_of_v<Error, NumberError>);
    static_assert(!std::is_base_of_v<Error, TapeError>);
    Tape tape;
    CHECK_THROWS_AS(Run(value_kind(), {}, {.file = "/nowhere/none.txt"}), Error);
    CHECK_THROWS_AS(load_checkpoint("/nowhere/none.safetensors"), Error);
}
