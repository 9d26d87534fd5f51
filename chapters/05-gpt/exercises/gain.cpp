// Check: each element is normed, then multiplied by its own gain; then ten seeds.
// Cheat: return vector_of(std::vector<double>(x.size(), @));
#include "exercises/gain.hpp"

#include "exercise.hpp"
#include "exercises/parts.hpp"
#include "measure.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

namespace {

void check_gain() {
    Tape tape;
    const Vector x = vector_of({3, -4, 0, 12});
    const Vector gain = vector_of({1, 2, -3, 0.5});
    const Vector y = rmsnorm_with_gain(x, gain);
    const double root = 1 / std::sqrt(169.0 / 4 + 1e-5);
    expect("an element is not what rmsnorm makes of it, times its gain",
           {{"element 0, with a gain of 1", y[0].data(), 3 * root},
            {"element 1, with a gain of 2", y[1].data(), -8 * root},
            {"element 2, which is 0", y[2].data(), 0},
            {"element 3, with a gain of a half", y[3].data(), 6 * root}});
    const Gradients gradients = backward(y[3]);
    expect("a result should move with its gain as fast as the normed element is large",
           {{"the slope along the gain of element 3", gradients[gain[3]], 12 * root},
            {"along another gain", gradients[gain[0]], 0}});
    const double expected = backward(rmsnorm(x)[3])[x[0]] / 2;
    expect("a result should move with x as without a gain, times the gain",
           {{"the slope of element 3 along element 0", gradients[x[0]], expected}});
}

double learned(Lesson& lesson, bool with_gain) {
    const Parts model(lesson.tokenizer.vocab_size(), lesson.draw());
    const Vector gains = vector_of(std::vector<double>(3 * 16, 1));
    Index norms = 0;
    const Layer normed = [&](Vector x) {
        return rmsnorm_with_gain(x, gains.slice(norms++ % 3 * 16, 16));
    };
    const auto loss = [&](const std::vector<Index>& tokens) {
        return model.loss(tokens, model.lm_head, with_relu, with_gain ? normed : rmsnorm);
    };
    read_all(lesson, loss, [&](const Gradients& gradients, double left) {
        descend(model.parameters(), gradients, 0.5 * left);
        descend(gains, gradients, 0.5 * left);
    });
    return judged(lesson, loss);
}

}  // namespace

int main() {
    return check([] {
        check_gain();
        print_seeds(
            "without gains:", over_seeds([](Lesson& lesson) { return learned(lesson, false); }),
            "with learned gains:",
            over_seeds([](Lesson& lesson) { return learned(lesson, true); }));
    });
}
