// Trials: what is held out, what a run begins with, and what several seeds say.
#include "trials.hpp"

#include <algorithm>

#include "catch.hpp"

using namespace microgpt;

namespace {

const std::string names = "anna\nanna\nhanna\nhannah\nian\nbert\nbertha\nlea\nleo\nlena\n";

}  // namespace

TEST_CASE("no name that is held out is read in training", "[ch11][trials]") {
    const Exam exam(names);
    REQUIRE(exam.held_out.size() == 1);
    CHECK(std::ranges::count(exam.training, exam.held_out[0]) == 0);
    CHECK(Exam(names).held_out == exam.held_out);
}

TEST_CASE("an exam that is copied keeps its names", "[ch11][trials]") {
    const auto made = [] {
        const Exam exam(names);
        Exam copy = exam;
        return copy;
    };
    CHECK(lines(made().training).starts_with("anna\n"));
}

TEST_CASE("of several seeds, the mean and the standard deviation are told", "[ch11][trials]") {
    const auto figures = over(3, [](std::uint64_t seed) {
        return std::vector{static_cast<double>(seed), 5.0};
    });
    CHECK(figures[0].mean == Approx(2));
    CHECK(figures[0].spread == Approx(1));
    CHECK(figures[1].mean == 5);
    CHECK(figures[1].spread == 0);
}

TEST_CASE("a run that begins with another's matrices knows the letters of both", "[ch11][trials]") {
    Run run = run_on(Exam(names).training, settings_of(1, 5));
    run.train();
    const Run begun = run_from(to_bytes(run.checkpoint()), {"köln"}, settings_of(2, 5));
    CHECK(begun.tokenizer().vocab_size() == run.tokenizer().vocab_size() + 2);  // ö and k
    CHECK(loss(begun, {"köln", "anna"}) > 0);
    CHECK(begun.settings().batch == 16);
}
