// Check: a velocity is kept and moves the parameter; then ten seeds with and without.
#include "exercises/momentum.hpp"

#include "exercise.hpp"
#include "exercises/one_letter.hpp"
#include "measure.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

namespace {

void check_slope() {
    Tape tape;
    const Vector x = vector_of({5, 7});
    Momentum momentum(x, 0.9);
    double velocity = 0;
    double expected = 5;
    for (int step = 1; step <= 4; ++step) {
        const double rate = 0.1 / step;  // which the velocity is not to remember
        momentum.step(differentiate([&] { return x[0] - 2.0 * x[1]; }).gradients, rate);
        velocity = 0.9 * velocity + 1;
        expected -= rate * velocity;
        expect("on an even slope a step should be the rate times what the velocity has grown to",
               {{"x after step " + std::to_string(step), x[0].data(), expected}});
    }
    expect("each parameter has a velocity of its own",
           {{"one on a slope of -2", x[1].data(), 7 + 2 * (5 - expected)}});
}

void check_valley() {
    Tape tape;
    const Vector x = vector_of({1});
    Momentum momentum(x, 0.5);
    double velocity = 0;
    double expected = 1;
    for (int step = 1; step <= 3; ++step) {
        momentum.step(differentiate([&] { return x[0] * x[0]; }).gradients, 0.2);
        velocity = 0.5 * velocity + 2 * expected;
        expected -= 0.2 * velocity;
        expect("in the valley x² it should roll on with half of its velocity",
               {{"x after step " + std::to_string(step), x[0].data(), expected}});
    }
}

double learned(Lesson& lesson, double kept) {
    const OneLetter network(lesson.tokenizer.vocab_size(), lesson.draw());
    const auto loss = [&](const std::vector<Index>& tokens) {
        return mean_over(network, tokens, cross_entropy);
    };
    Momentum momentum(network.parameters(), kept);
    read_all(lesson, loss, [&](const Gradients& gradients, double left) {
        momentum.step(gradients, 0.3 * (1 - kept) * left);
    });
    return judged(lesson, loss);
}

}  // namespace

int main() {
    return check([] {
        check_slope();
        check_valley();
        print_seeds("plain descent:", over_seeds([](Lesson& lesson) { return learned(lesson, 0); }),
                    "keeping nine tenths:",
                    over_seeds([](Lesson& lesson) { return learned(lesson, 0.9); }));
    });
}
