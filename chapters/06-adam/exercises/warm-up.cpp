// Check: the rate rises evenly, then falls; then ten seeds with a warm-up and without.
// Cheat: return @;
#include "exercises/warm-up.hpp"

#include "exercise.hpp"
#include "measure.hpp"
#include "microgpt/training/trainer.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

namespace {

double learned(Lesson& lesson, Index warm) {
    const Gpt gpt({.vocab_size = lesson.tokenizer.vocab_size()}, lesson.draw());
    const auto loss = [&](const std::vector<Index>& tokens) { return document_loss(gpt, tokens); };
    Adam adam(gpt.parameters());
    Index step = 0;
    read_all(lesson, loss, [&](const Gradients& gradients, double) {
        adam.step(gradients, warm_up(step++, static_cast<Index>(lesson.to_read.size()), warm));
    });
    return judged(lesson, loss);
}

}  // namespace

int main() {
    return check([] {
        expect("the first steps do not rise evenly",
               {{"the share at step 0 of 100, 4 of them warm", warm_up(0, 100, 4), 0.25},
                {"at step 1", warm_up(1, 100, 4), 0.5 * 0.99},
                {"at step 2", warm_up(2, 100, 4), 0.75 * 0.98}});
        expect("once it is warm, the share should be that of linear_decay",
               {{"the share at step 3 of 100, 4 of them warm", warm_up(3, 100, 4), 0.97},
                {"at step 4", warm_up(4, 100, 4), 0.96},
                {"at step 99", warm_up(99, 100, 4), 0.01}});
        expect(
            "without a warm-up it should be linear_decay from the start",
            {{"the share at step 0", warm_up(0, 8, 0), 1}, {"at step 2", warm_up(2, 8, 0), 0.75}});
        const auto with = [](Index warm) {
            return over_seeds([=](Lesson& lesson) { return learned(lesson, warm); }, 1000);
        };
        print_seeds("without a warm-up:", with(0), "with one of 50 steps:", with(50));
    });
}
