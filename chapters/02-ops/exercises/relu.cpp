// Check: ReLU lets positive numbers through, and nothing else.
// Cheat: return record(@, {x, @});
#include "exercise.hpp"
#include "microgpt/autograd/ops.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

int main() {
    return check([] {
        Tape tape;
        for (const double at : {3.0, 0.5, -0.5, -3.0, 0.0}) {
            const Value x(at);
            const Value bent = relu(x);
            expect("relu(x) or its slope is wrong on one of the two sides, or at 0",
                   {{"relu(" + written(at) + ")", bent.data(), at > 0 ? at : 0},
                    {"its slope at " + written(at), backward(bent)[x], at > 0 ? 1.0 : 0.0}});
        }
        std::puts("      x   relu(x)   slope");
        for (const double at : {-2.0, -1.0, 0.0, 1.0, 2.0}) {
            const Value x(at);
            const Value bent = relu(x);
            std::printf("%7.1f %9.1f %7.1f\n", at, bent.data(), backward(bent)[x]);
        }
    });
}
