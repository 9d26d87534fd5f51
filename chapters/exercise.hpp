// Exercise: how a check asks for what is wanted, and says in a sentence what is missing.
#pragma once

#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "microgpt/autograd/value.hpp"

namespace microgpt::exercise {

/// A number on the way to an answer, or the answer: what it is, what the reader's code makes of it,
/// and what it should be.
struct Number {
    std::string what;
    double got;
    double expected;
};

/// A number as one would write it.
inline std::string written(double x) {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%g", x);
    return digits;
}

/// What is not there yet, in a sentence.
struct Missing {
    std::string sentence;
};

/// Whether two numbers are the same, but for the last digits.
inline bool same(double a, double b) {
    return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)});
}

/// Throws Missing with this sentence unless the answers are what they should be. Where the third
/// hint is asked for, it is instead the first number that differs, of those on the way and of the
/// answers, in the order in which they are computed. What is on the way may be done otherwise.
inline void expect(const std::string& sentence, const std::vector<Number>& answers,
                   const std::vector<Number>& on_the_way = {}) {
    const auto differs = [](const Number& number) { return !same(number.got, number.expected); };
    const auto wrong = std::ranges::find_if(answers, differs);
    if (wrong == answers.end()) return;
    if (std::getenv("EXERCISE_HINT") == nullptr) throw Missing{sentence};
    const auto first = std::ranges::find_if(on_the_way, differs);
    const auto& [what, got, expected] = first == on_the_way.end() ? *wrong : *first;
    char hint[200];
    std::snprintf(hint, sizeof hint,
                  "the first number that differs is %s: expected %.10g, got %.10g", what.c_str(),
                  expected, got);
    throw Missing{hint};
}

/// The same for what is no number.
inline void expect(const std::string& sentence, bool holds) {
    if (!holds) throw Missing{sentence};
}

/// The numbers that f records on the Tape, in their order.
inline std::vector<double> recorded(const std::function<void()>& f) {
    const Place mark = Value(0);
    f();
    const Tape& tape = Tape::current();
    const auto all = tape.data({mark, static_cast<Index>(tape.size()) - mark.index});
    return {all.begin() + 1, all.end()};
}

/// Number i of some, or none where there are fewer.
inline double number(std::span<const double> numbers, std::size_t i) {
    return i < numbers.size() ? numbers[i] : std::nan("");
}

/// Runs a check, and returns what main() is to return: 0 if all is there.
inline int check(const std::function<void()>& all) {
    const rlimit a_minute = {60, 60};
    setrlimit(RLIMIT_CPU, &a_minute);  // a loop without an end has one
    try {
        all();
        return 0;
    } catch (const Missing& missing) {
        std::printf("not yet: %s\n", missing.sentence.c_str());
    } catch (const std::exception& error) {
        std::printf("not yet: it throws \"%s\"\n", error.what());
    }
    return 1;
}

}  // namespace microgpt::exercise
