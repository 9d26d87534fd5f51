// Check: the walk back multiplies along each way, and adds over ways.
#include "exercise.hpp"
#include "microgpt/autograd/gradcheck.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

namespace {

/// Four leaves side by side, and the dot product of the first two with the last two.
Value dot_of(double a, double b, double c, double d) {
    const Value first(a);
    Value{b};
    const Value second(c);
    Value{d};
    return Value(Tape::current().record_dot({first, 2}, {second, 2}));
}

}  // namespace

int main() {
    return check([] {
        Tape tape;
        const Value a(2);
        const Value b(-3);
        const Value product = a * b;
        const Value c = product + a;
        const Gradients gradients = backward(c);
        expect("of a · b + a, as in the chapter, the slopes are not right",
               {{"the slope along the sum itself", gradients[c], 1},
                {"the slope along a · b", gradients[product], 1},
                {"the slope along b", gradients[b], 2},
                {"the slope along a, which is used twice", gradients[a], -2}});

        const Value x(1.5);
        const Gradients steep = backward(x * x * x);
        expect("x · x · x should move 3x² times as fast as x",
               {{"that slope for 1.5", steep[x], 6.75}});

        const Value dot = dot_of(2, 3, 5, 7);
        const Value twice = dot * dot;
        const Gradients along = backward(twice);
        const Index first = Place(dot).index - 4;
        const auto slope = [&](Index i) { return along[Place{first + i, Place(dot).scope}]; };
        expect("the slopes along the numbers of a dot product are not right",
               {{"the slope of (2·5 + 3·7)² along the dot product", along[dot], 62},
                {"along the 2", slope(0), 310},
                {"along the 3", slope(1), 434},
                {"along the 5", slope(2), 124},
                {"along the 7", slope(3), 186}});

        const Value row(2);
        Value{3};
        const Value squares(tape.record_dot({row, 2}, {row, 2}));
        expect("a row times itself should move twice as fast with each number",
               {{"the slope of 2·2 + 3·3 along the 2", backward(squares)[row], 4}});
        std::printf("c = %g, along a %g, along b %g\n", c.data(), gradients[a], gradients[b]);
    });
}
