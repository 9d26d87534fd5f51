// The figures that chapter 1 says.
#include <cmath>

#include "microgpt/autograd/gradcheck.hpp"
#include "microgpt/engines/graph/number.hpp"
#include "microgpt/model/gpt.hpp"
#include "numbers.hpp"

namespace microgpt::book {

namespace {

// ---- Slopes, measured

template <class F>
double pair_slope(F f, double x, double step) {
    return (f(x + step) - f(x - step)) / (2 * step);
}

/// How many digits of a measured slope are right.
double right_digits(double measured, double slope) {
    return std::floor(-std::log10(std::abs(measured / slope - 1)));
}

void measured_slopes(Numbers& numbers) {
    const auto of_a = [](double a) { return a * -3 + a; };
    const auto of_b = [](double b) { return 2 * b + 2; };
    numbers.say("nudge", "%.1f", 0.1);
    numbers.say("nudged-a", "%.1f", 2 + 0.1);
    numbers.say("nudged-a-sum", "%.1f", -of_a(2 + 0.1));
    numbers.say("nudged-a-moves", "%.1f", of_a(2) - of_a(2 + 0.1));
    numbers.say("nudged-b", "%.1f", 3 - 0.1);
    numbers.say("nudged-b-sum", "%.1f", -of_b(-3 + 0.1));

    const auto cube = [](double x) { return x * x * x; };
    numbers.say("cube-left", "%.1f", 0.5);
    numbers.say("cube-right", "%.1f", 1.5);
    numbers.say("cube-rise", "%.2f", cube(1.5) - cube(0.5));
    for (const double step : {0.5, 0.25, 0.1, 0.01}) {
        const std::string percent = std::to_string(std::lround(100 * step));
        numbers.say("cube-error-" + percent, "%.4g", pair_slope(cube, 1, step) - 3);
    }

    const auto inverse = [](double x) { return 1 / x; };
    const double slope = -0.25;  // of 1/x at 2
    numbers.say("digits-of-two", "%.0f", right_digits(pair_slope(inverse, 2, 1e-3), slope));
    numbers.say("digits-of-four", "%.0f", right_digits(central_difference(inverse, 2), slope));
    numbers.say("digits-too-close", "%.0f",
                right_digits(central_difference(inverse, 2, 1e-12), slope));
}

// ---- More than one way to the result

void ways(Numbers& numbers) {
    const Tape tape;
    const Value side(3);
    numbers.count("square-slope", backward(side * side)[side]);
    const Value x(1);
    Value doubled = x;
    int arrows = 0;
    for (int i = 0; i < 30; ++i, arrows += 2) doubled = doubled + doubled;
    numbers.count("ways-through", backward(doubled)[x]);
    numbers.count("arrows-through", arrows);
}

// ---- The second backward of a graph whose nodes keep their gradients

void second_backward(Numbers& numbers) {
    const Number a(2);
    const Number b(-3);
    const Number c = a * b + a;
    c.backward();
    c.backward();
    numbers.say("second-backward-a", "%.0f", -a.gradient());
    numbers.say("second-backward-b", "%.0f", b.gradient());
}

// ---- What the tape takes of memory

void memory(Numbers& numbers) {
    const auto read = [](const char* pattern) {
        return Numbers::read("chapters/08-efficiency/output.txt", pattern);
    };
    const double records = read("value f64 +[0-9. ]+? ([0-9]+) +[0-9.]+ KB");
    const double bytes = 1000 * read("value f64 +[0-9. ]+? [0-9]+ +([0-9.]+) KB");
    const double of_gradient = sizeof(double);  // which are no part of the tape
    const double of_number = std::round(bytes / records - of_gradient);
    numbers.count("step-records", records);
    numbers.count("bytes-a-number", of_number);
    numbers.count("step-kilobytes", records * of_number / 1e3);
    numbers.count("tape-capacity", static_cast<double>(Tape::default_capacity));
    numbers.say("tape-capacity-gigabytes", "%.1f",
                static_cast<double>(Tape::default_capacity) * of_number / 1e9);
}

}  // namespace

void chapter_01(Numbers& numbers) {
    measured_slopes(numbers);
    second_backward(numbers);
    const double params = static_cast<double>(count_parameters({.vocab_size = 27}));
    numbers.count("runs-to-measure", 4 * params);

    ways(numbers);
    numbers.recorded("overwritten-a", "chapters/01-value/toy/overwrite.txt", "along a (-?\\d+)");
    memory(numbers);
}

}  // namespace microgpt::book
