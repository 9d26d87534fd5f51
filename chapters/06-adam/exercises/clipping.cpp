// Check: a long gradient is made shorter, and keeps its direction; then ten seeds with and without.
// Cheat: return @;
#include "exercises/clipping.hpp"

#include "exercise.hpp"
#include "measure.hpp"
#include "microgpt/training/trainer.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

namespace {

void check_clipped(std::vector<double> slopes, double most, double norm, double factor) {
    const std::vector<double> before = slopes;
    const std::string of =
        " of a gradient whose norm is " + written(norm) + ", with " + written(most) + " allowed";
    std::vector<Number> answers = {{"the norm that is returned" + of, clip(slopes, most), norm}};
    for (std::size_t i = 0; i < slopes.size(); ++i) {
        answers.push_back({"slope " + std::to_string(i) + of, slopes[i], before[i] * factor});
    }
    expect("the slopes" + of + " are not what they should be, or the norm is not returned",
           answers);
}

/// The loss in the end, or no number where training came to a loss that is none.
double learned(Lesson& lesson, double most) try {
    const Gpt gpt({.vocab_size = lesson.tokenizer.vocab_size()}, lesson.draw());
    const auto loss = [&](const std::vector<Index>& tokens) { return document_loss(gpt, tokens); };
    read_all(lesson, loss, [&](const Gradients& gradients, double left) {
        const std::span<const double> all = gradients[gpt.parameters()];
        std::vector<double> slopes(all.begin(), all.end());
        clip(slopes, most);
        const std::span<double> p = Tape::current().parameters(gpt.parameters());
        for (std::size_t i = 0; i < p.size(); ++i) p[i] -= 1.0 * left * slopes[i];
    });
    return judged(lesson, loss);
} catch (const NumberError&) {
    return std::nan("");
}

void print_survivors(const char* how, double most) {
    std::vector<double> losses =
        over_seeds([=](Lesson& lesson) { return learned(lesson, most); }, 1000);
    std::erase_if(losses, [](double loss) { return std::isnan(loss); });
    std::printf("%s: of ten seeds %zu came to an end", how, losses.size());
    if (!losses.empty()) {
        const auto loss_at = [&](std::size_t i) { return losses[i]; };
        std::printf(", mean loss of unread names %.4f", mean_loss(losses.size(), loss_at));
    }
    std::puts("");
}

}  // namespace

int main() {
    return check([] {
        check_clipped({3, 4}, 1, 5, 0.2);
        check_clipped({3, 4}, 10, 5, 1);
        check_clipped({3, 4}, 5, 5, 1);
        check_clipped({-6, 2, 3, 0, 0}, 3.5, 7, 0.5);
        check_clipped({0, 0, 0}, 1, 0, 1);
        print_survivors("as long as they are", 1e9);
        print_survivors("none longer than 1", 1);
    });
}
