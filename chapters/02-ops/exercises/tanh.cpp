// Check: tanh has the number and the slope that it should, and both stay finite.
// Cheat: return record(@, {x, @});
#include "exercises/tanh.hpp"

#include "exercise.hpp"
#include "microgpt/autograd/gradcheck.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

int main() {
    return check([] {
        Tape tape;
        for (const double at : {0.5, -3.0, -0.5, 0.0, 1.5, 3.0, 1000.0, -1000.0}) {
            const Value x(at);
            const Value y = tanh(x);
            const double expected = std::tanh(at);
            expect("tanh(x), or its slope, is not what one measures",
                   {{"tanh(" + written(at) + ")", y.data(), expected},
                    {"its slope at " + written(at), backward(y)[x], 1 - expected * expected}});
        }
        expect("tanh is one record on the tape, as exp and log are",
               recorded([] { tanh(Value(1)); }).size() == 2);
        std::puts("     x     tanh   slope   ReLU's slope");
        for (const double at : {0.0, 0.5, 1.0, 2.0, 3.0, 5.0}) {
            const Value x(at);
            const Value y = tanh(x);
            std::printf("%6.1f %8.4f %7.4f   %12.1f\n", at, y.data(), backward(y)[x],
                        backward(relu(x))[x]);
        }
    });
}
