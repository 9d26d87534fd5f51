// Check: Adam's two running means, and the step that follows from them.
#include "exercise.hpp"
#include "microgpt/training/adam.hpp"
#include "microgpt/training/descent.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

int main() {
    return check([] {
        Tape tape;
        const Vector x = vector_of({1, 5});
        Adam adam(x, {.learning_rate = 0.1, .beta1 = 0.85, .beta2 = 0.99, .epsilon = 1e-8});
        double m = 0;
        double v = 0;
        double p = 1;
        std::string table;
        for (Index step = 1; step <= 3; ++step) {
            const double slope = step == 2 ? -3 : 2;
            const auto [loss, gradients] = differentiate([&] { return slope * x[0] + 0.5 * x[1]; });
            const double decay = 1 - 0.25 * step;
            adam.step(gradients, decay);
            m = 0.85 * m + 0.15 * slope;
            v = 0.99 * v + 0.01 * slope * slope;
            p -= 0.1 * decay * (m / (1 - std::pow(0.85, step))) /
                 (std::sqrt(v / (1 - std::pow(0.99, step))) + 1e-8);
            const std::string when = " after step " + std::to_string(step);
            expect("a running mean, or the step that follows from both, is not right",
                   {{"m" + when, adam.state().m[0], m},
                    {"v" + when, adam.state().v[0], v},
                    {"the parameter" + when, x[0].data(), p}});
            char line[60];
            std::snprintf(line, sizeof line, "%4u %7.1f %8.4f %8.4f %8.4f\n", step, slope, m, v, p);
            table += line;
        }
        expect("each parameter has means of its own",
               {{"m of the other", adam.state().m[1], 0.5 * (1 - std::pow(0.85, 3))}});
        std::printf("step   slope        m        v        p\n%s", table.c_str());
    });
}
