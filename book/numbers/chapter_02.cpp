// The figures that chapter 2 says.
#include <cmath>
#include <limits>
#include <string>

#include "microgpt/model/layers.hpp"
#include "numbers.hpp"

namespace microgpt::book {
namespace {

/// The scores that go through the chapter: m, n, r, t; and r came.
const std::vector<double> scores = {0, 3, 1, 1};
const char* const letters[] = {"m", "n", "r", "t"};
constexpr Index came = 2;

void first_scores(Numbers& numbers) {
    const Tape tape;
    const Vector logits = vector_of(scores);
    const Vector shares = softmax(logits);
    const Value surprise = cross_entropy(logits, came);
    const Gradients gradients = backward(surprise);
    for (Index i = 0; i < logits.size(); ++i) {
        const std::string letter = letters[i];
        numbers.say("share-" + letter, "%.4f", shares[i].data());
        numbers.say("slope-" + letter, "%.4f", std::abs(gradients[logits[i]]));  // r's is below 0
    }
    numbers.say("surprise-r", "%.2f", surprise.data());
    numbers.say("surprise-n", "%.2f", cross_entropy(logits, 1).data());
    numbers.say("one-in", "%.1f", std::exp(surprise.data()));
    numbers.say("one-in-n", "%.1f", 1 / shares[1].data());
}

void softmax_by_hand(Numbers& numbers) {
    const Tape tape;
    const Vector exps = exp(vector_of(scores));
    numbers.say("e-to-3", "%.3f", exps[1].data());
    numbers.say("e-to-1", "%.3f", exps[2].data());
    numbers.say("e-to-all", "%.3f", sum(exps).data());
    const Vector moved = exp(vector_of(scores) - 3);
    numbers.say("e-to-minus-3", "%.3f", moved[0].data());
    numbers.say("e-to-minus-2", "%.3f", moved[2].data());
    numbers.say("e-to-all-moved", "%.3f", sum(moved).data());
    const Vector logits = vector_of(scores);
    const Vector shares = softmax(logits);
    for (Index i = 0; i < 3; ++i) {
        const double slope = backward(shares[i])[logits[1]];
        numbers.say(std::string(letters[i]) + "-along-n", "%.4f", std::abs(slope));
    }
    numbers.say("rest-of-n", "%.4f", 1 - shares[1].data());
    numbers.say("score-moved", "%.2f", 0.01);
    numbers.say("exp-moved", "%.4f", std::exp(0.01));
}

void operations_by_hand(Numbers& numbers) {
    const Tape tape;
    numbers.say("divisor-moved", "%.2f", 2.01);
    numbers.say("quotient-moved", "%.3f", (6.0 / Value(2.01)).data());
    numbers.say("nats-of-half", "%.2f", (-log(Value(0.5))).data());
    numbers.say("nats-of-eighth", "%.2f", (-log(Value(0.125))).data());
    numbers.say("bits-in-a-nat", "%.2f", 1 / std::log(2));
    numbers.say("exp-limit", "%.0f", std::floor(std::log(std::numeric_limits<double>::max())));
}

/// A row of zeros in a matrix, if the slope along its answer is 10.
void row_of_zeros(Numbers& numbers) {
    const Tape tape;
    const Vector row = vector_of({0, 0, 0});
    const Value answer = dot(row, vector_of({1, 2, 3}));
    numbers.count("zero-row-slope", backward(10 * answer)[row[2]]);
}

/// GELU, x times the share of normal numbers below x, at its lowest.
void gelu(Numbers& numbers) {
    const auto at = [](double x) { return x * std::erfc(-x / std::sqrt(2)) / 2; };
    double lowest = 0;
    for (int i = -1000; i < 0; ++i) lowest = at(i / 1000.0) < at(lowest) ? i / 1000.0 : lowest;
    numbers.say("gelu-least-at", "%.2f", -lowest);
    numbers.say("gelu-least", "%.2f", -at(lowest));
}

void rmsnorm_by_hand(Numbers& numbers) {
    const Tape tape;
    const Vector x = vector_of({3, 4, 0, -1});
    const Vector normed = rmsnorm(x);
    numbers.say("rms-mean-square", "%.1f", dot(x, x).data() / 4);
    numbers.say("rms-root", "%.4f", std::sqrt(dot(x, x).data() / 4));
    numbers.say("rms-3", "%.3f", normed[0].data());
    numbers.say("rms-4", "%.3f", normed[1].data());
    numbers.say("rms-1", "%.3f", -normed[3].data());
    const double r = 1 / std::sqrt(dot(x, x).data() / 4 + 1e-5);
    const Gradients gradients = backward(normed[1]);
    numbers.say("rms-r", "%.5f", r);
    numbers.say("rms-second-way", "%.5f", r - gradients[x[1]]);
    numbers.say("rms-both-ways", "%.5f", gradients[x[1]]);
    numbers.say("rms-moved", "%.2f", 4.01);
    numbers.say("rms-4-exactly", "%.5f", normed[1].data());
    numbers.say("rms-4-moved", "%.5f", rmsnorm(vector_of({3, 4.01, 0, -1}))[1].data());
    numbers.say("rms-factor-of-zero", "%.0f", pow(Value(1e-5), -0.5).data());
    // The point of the program's table.
    const double table_r =
        pow(dot(vector_of({1.5, 1, -2}), vector_of({1.5, 1, -2})) / 3 + 1e-5, -0.5).data();
    numbers.say("rms-table-r", "%.5f", table_r);
    numbers.say("rms-table-y", "%.4f", 1.5 * table_r);
    numbers.say("rms-table-slope", "%.4f", table_r * (1 - 1.5 * table_r * 1.5 * table_r / 3));
}

void recordings(Numbers& numbers) {
    const std::string right = "chapters/02-ops/output.txt";
    numbers.recorded("neuron", right, R"(w · x +([0-9.]+)0{3},)");
    numbers.recorded("table-share", right, R"(softmax\(v\) +1\.50 +([0-9.]+))");
    numbers.recorded("table-loss-slope", right, R"(loss\(v\) .* ([0-9.]+)\n)");
    numbers.recorded("table-rms", right, R"(rmsnorm\(v\) +1\.50 +([0-9.]+))");
    numbers.recorded("no-epsilon-rms", "chapters/02-ops/breaks/no-epsilon.txt",
                     R"(rmsnorm\(v\) +1\.50 +([0-9.]+))");
}

}  // namespace

void chapter_02(Numbers& numbers) {
    first_scores(numbers);
    softmax_by_hand(numbers);
    operations_by_hand(numbers);
    row_of_zeros(numbers);
    gelu(numbers);
    rmsnorm_by_hand(numbers);
    recordings(numbers);
}

}  // namespace microgpt::book
