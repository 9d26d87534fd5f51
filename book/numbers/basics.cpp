// The figures that appendix B says; its examples of C++ are in this file, too.
#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <string_view>
#include <thread>

#include "microgpt/autograd/vector.hpp"
#include "numbers.hpp"

namespace microgpt::book {
namespace {

// ---- A lambda

template <class F>
double twice(F f, double x) {
    return f(f(x));
}

double up_two_steps(double start, double step) {
    return twice([&](double x) { return x + step; }, start);
}

// ---- RAII

int open_now = 0;

class Opened {
  public:
    Opened() { ++open_now; }
    ~Opened() { --open_now; }
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;
};

int open_inside() {
    const Opened outer;
    const Opened inner;
    return open_now;  // read before the two are closed
}

// ---- thread_local

thread_local int mine = 0;

int another_threads_mine() {
    mine = 7;
    int seen = 0;
    std::thread([&] { seen = ++mine; }).join();
    return seen;
}

// ---- A span

double sum_of(std::span<const double> numbers) {
    double total = 0;
    for (const double x : numbers) total += x;
    return total;
}

double sum_of_the_middle() {
    const double numbers[] = {1, 2, 3, 4, 5};
    return sum_of(std::span(numbers).subspan(1, 3));
}

// ---- Ranges

struct Letter {
    char name;
    int times;
};

Letter most_frequent(std::span<const Letter> letters) {
    return std::ranges::max(letters, {}, &Letter::times);
}

// ---- A string_view

std::string_view first_line(std::string_view text) { return text.substr(0, text.find('\n')); }

// ---- optional

std::optional<double> root_of(double x) {
    if (x < 0) return std::nullopt;
    return std::sqrt(x);
}

// ---- Structured bindings and designated initialisers

struct Walk {
    double start = 0;
    double step = 1;
    int steps = 10;
};

double end_of(const Walk& walk) {
    const auto& [start, step, steps] = walk;
    return start + step * steps;
}

double end_of_a_short_walk() { return end_of({.step = 0.5, .steps = 4}); }

// ---- What they come to

void cpp(Numbers& numbers) {
    const Letter letters[] = {{'a', 5}, {'n', 3}, {'e', 4}};
    numbers.count("basics-up-two-steps", up_two_steps(10, 3));
    numbers.count("basics-open-inside", open_inside());
    numbers.count("basics-their-mine", another_threads_mine());
    numbers.count("basics-my-mine", mine);
    numbers.count("basics-middle", sum_of_the_middle());
    numbers.count("basics-most-frequent", most_frequent(letters).times);
    numbers.count("basics-first-line", static_cast<double>(first_line("emma\nolivia\n").size()));
    numbers.count("basics-root", root_of(9).value_or(-1));
    numbers.count("basics-no-root", root_of(-9).value_or(0));
    numbers.count("basics-short-walk", end_of_a_short_walk());
}

// ---- The mathematics

void slopes(Numbers& numbers) {
    const double rise = 3.01 * 3.01 - 9;
    numbers.say("basics-3-moved", "%.2f", 3.01);
    numbers.say("basics-run", "%.2f", 0.01);
    numbers.say("basics-rise", "%.4f", rise);
    numbers.say("basics-rise-over-run", "%.2f", rise / 0.01);
    const Tape tape;
    const Value x(1);
    numbers.say("basics-product", "%.4f", backward(pow(x, 2) * exp(x))[x]);
    const Value two(2);
    numbers.say("basics-chain", "%.1f", backward(log(pow(two, 2) + 1))[two]);
    numbers.say("basics-chain-rise", "%.5f", std::log(2.01 * 2.01 + 1) - std::log(5));
    numbers.say("basics-2-moved", "%.2f", 2.01);
    numbers.say("basics-partial-forecast", "%.2f", 12 * 0.01 + 9 * 0.01);
    numbers.say("basics-partial-moved", "%.4f", 3.01 * 3.01 * 2.01 - 18);
}

void logarithms(Numbers& numbers) {
    numbers.say("basics-e-1", "%.5f", std::exp(1));
    numbers.say("basics-e-2", "%.5f", std::exp(2));
    numbers.say("basics-e-3", "%.4f", std::exp(3));  // what a pencil gets from the two
    for (const int x : {2, 3, 6, 4, 5, 40}) {
        numbers.say("basics-log-" + std::to_string(x), "%.2f", std::log(x));
    }
    numbers.say("basics-surprise", "%.2f", std::log(40) / 3);
    numbers.say("basics-one-in", "%.1f", std::cbrt(40));
}

}  // namespace

void basics(Numbers& numbers) {
    cpp(numbers);
    slopes(numbers);
    logarithms(numbers);
}

}  // namespace microgpt::book
