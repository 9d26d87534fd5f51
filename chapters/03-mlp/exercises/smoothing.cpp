// Check: a smoothed loss is a mixture of two surprises; then ten seeds with and without.
// Cheat: return Value(@);
#include "exercises/smoothing.hpp"

#include "exercise.hpp"
#include "exercises/one_letter.hpp"
#include "measure.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

namespace {

void check_loss(const std::vector<double>& scores, Index target, double smoothing) {
    double total = 0;
    for (const double score : scores) total += std::exp(score);
    double all = 0;
    for (const double score : scores) all += std::log(total) - score;
    const auto n = static_cast<double>(scores.size());
    const double at_target = std::log(total) - scores[target];

    const Vector logits = vector_of(scores);
    const Value loss = smoothed_cross_entropy(logits, target, smoothing);
    const Gradients gradients = backward(loss);
    std::vector<Number> slopes;
    for (Index i = 0; i < scores.size(); ++i) {
        const double wanted = (i == target ? 1 - smoothing : 0) + smoothing / n;
        slopes.push_back({"the slope along score " + std::to_string(i), gradients[logits[i]],
                          std::exp(scores[i]) / total - wanted});
    }
    const std::string how = "with a smoothing of " + written(smoothing) + " the ";
    expect(how + "loss is not the mixture of the two surprises",
           {{how + "loss", loss.data(), (1 - smoothing) * at_target + smoothing * all / n}});
    expect(how + "slopes are not share less what is wanted", slopes);
}

double learned(Lesson& lesson, double smoothing) {
    const OneLetter network(lesson.tokenizer.vocab_size(), lesson.draw());
    const auto smoothed = [&](const std::vector<Index>& tokens) {
        return mean_over(network, tokens, [&](Vector logits, Index target) {
            return smoothed_cross_entropy(logits, target, smoothing);
        });
    };
    read_all(lesson, smoothed, [&](const Gradients& gradients, double left) {
        descend(network.parameters(), gradients, 0.3 * left);
    });
    return judged(lesson, [&](const std::vector<Index>& tokens) {
        return mean_over(network, tokens, cross_entropy);
    });
}

}  // namespace

int main() {
    return check([] {
        {
            Tape tape;
            check_loss({0, 3, 1, 1}, 1, 0.1);
            check_loss({0, 3, 1, 1}, 0, 0.4);
            check_loss({-1, 0.5}, 1, 0);
        }
        print_seeds("cross-entropy:", over_seeds([](Lesson& lesson) { return learned(lesson, 0); }),
                    "a tenth is smoothed:",
                    over_seeds([](Lesson& lesson) { return learned(lesson, 0.1); }));
    });
}
