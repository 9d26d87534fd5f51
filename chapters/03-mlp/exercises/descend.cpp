// Check: each parameter goes down its slope, by the learning rate.
#include "exercise.hpp"
#include "microgpt/training/descent.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

int main() {
    return check([] {
        Tape tape;
        const Vector x = vector_of({3, -1});
        const auto valley = [&] { return x[0] * x[0] + 2.0 * x[1]; };
        double expected = 3;
        std::string table = "step     x    x * x\n";
        for (int step = 1; step <= 4; ++step) {
            const auto [loss, gradients] = differentiate(valley);
            descend(x, gradients, 0.1);
            expected -= 0.1 * 2 * expected;
            expect("after a step in the valley x² the parameter is not where it should be",
                   {{"x after step " + std::to_string(step), x[0].data(), expected},
                    {"its neighbour, on a slope of 2,", x[1].data(), -1 - 0.2 * step}});
            char line[40];
            const double now = x[0].data();
            std::snprintf(line, sizeof line, "%4d %7.4f %7.4f\n", step, now, now * now);
            table += line;
        }
        const auto [loss, gradients] = differentiate(valley);
        descend(Vector({x[1], 1}), gradients, 0.5);
        expect("only the parameters that were given should move",
               {{"the one that was not", x[0].data(), expected}, {"the other", x[1].data(), -2.8}});
        std::fputs(table.c_str(), stdout);
    });
}
