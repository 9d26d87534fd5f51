// Check: what the draws say is left out; then ten seeds that read a hundred names ten times.
// Cheat: return Value(@) * x;
#include "exercises/dropout.hpp"

#include "05-gpt/exercises/parts.hpp"
#include "exercise.hpp"
#include "measure.hpp"
#include "microgpt/training/adam.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

namespace {

void check_elements(double share, const std::vector<double>& draws) {
    const std::vector<double> numbers = {1, -2, 3, 0.5};
    Tape tape;
    const Vector x = vector_of(numbers);
    std::size_t drawn = 0;
    const Vector y = dropout(x, share, [&] { return number(draws, drawn++); });
    const std::string how = "with a share of " + written(share) + " ";
    expect(how + "there is not one draw for each element",
           {{"how often it draws", static_cast<double>(drawn), 4}});
    const Gradients gradients = backward(dot(y, vector_of({1, 1, 1, 1})));
    std::vector<Number> elements, slopes;
    for (Index i = 0; i < x.size(); ++i) {
        const double factor = draws[i] < share ? 0 : 1 / (1 - share);
        const std::string which = "element " + std::to_string(i) + ", drawn " + written(draws[i]);
        elements.push_back({which, y[i].data(), numbers[i] * factor});
        slopes.push_back({"the slope of " + which, gradients[x[i]], factor});
    }
    expect(how + "the elements are not what the draws make of them", elements);
    expect(how + "the slopes do not go where the elements went", slopes);
}

/// Reads a hundred names ten times over, and says how well it knows others.
double learned(Lesson& lesson, double share) {
    const Parts model(lesson.tokenizer.vocab_size(), lesson.draw());
    const auto uniform = [&] { return lesson.random.random(); };
    const Layer left_out = [&](Vector x) { return dropout(relu(x), share, uniform); };
    const auto reads = [&](const std::vector<Index>& tokens) {
        return model.loss(tokens, model.lm_head, left_out);
    };
    Adam adam(model.parameters());
    constexpr int passes = 10;
    for (int pass = 0; pass < passes; ++pass) {
        read_all(lesson, reads, [&](const Gradients& gradients, double left) {
            adam.step(gradients, (passes - pass - 1 + left) / passes);
        });
    }
    return judged(lesson, [&](const std::vector<Index>& tokens) {
        return model.loss(tokens, model.lm_head, with_relu);
    });
}

}  // namespace

int main() {
    return check([] {
        check_elements(0.5, {0.1, 0.7, 0.5, 0.49});
        check_elements(0.25, {0.9, 0.2, 0.3, 0.24});
        check_elements(0, {0.9, 0, 0.3, 0.2});
        const auto with = [](double share) {
            return over_seeds([=](Lesson& lesson) { return learned(lesson, share); }, 100);
        };
        print_seeds("nothing is left out:", with(0), "half are:", with(0.5));
    });
}
