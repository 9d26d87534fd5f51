// Check: GELU has the number and the slope that one measures; then ten seeds.
// Cheat: return record(@, {x, @});
#include "exercises/gelu.hpp"

#include "exercise.hpp"
#include "exercises/parts.hpp"
#include "measure.hpp"
#include "microgpt/autograd/gradcheck.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

namespace {

double plain(double x) { return x * (1 + std::erf(x / std::sqrt(2))) / 2; }

double learned(Lesson& lesson, const Layer& bend) {
    const Parts model(lesson.tokenizer.vocab_size(), lesson.draw());
    const auto loss = [&](const std::vector<Index>& tokens) {
        return model.loss(tokens, model.lm_head, bend);
    };
    return learned_by_descent(lesson, model, loss, 0.5);
}

}  // namespace

int main() {
    return check([] {
        {
            Tape tape;
            for (const double at : {1.0, -1.0, 0.0, 2.5, -0.5, -4.0}) {
                const Value x(at);
                const Value y = gelu(x);
                const double measured = central_difference(plain, at);
                const double slope = backward(y)[x];
                const bool near = std::abs(slope - measured) < 1e-9;
                expect("gelu(x), or its slope, is not what one measures",
                       {{"gelu(" + written(at) + ")", y.data(), plain(at)},
                        {"its slope at " + written(at), near ? measured : slope, measured}});
            }
        }
        const auto with_gelu = [](Vector x) { return gelu(x); };
        print_seeds(
            "ReLU:", over_seeds([](Lesson& lesson) { return learned(lesson, with_relu); }),
            "GELU:", over_seeds([&](Lesson& lesson) { return learned(lesson, with_gelu); }));
    });
}
