// Check: the slopes of a product are its factors.
// Cheat: return record(x * y, {a, @}, {b, @});
#include "exercise.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

int main() {
    return check([] {
        Tape tape;
        for (const double x : {2.0, -0.5, 7.0}) {
            for (const double y : {-3.0, 4.0}) {
                const Value a(x);
                const Value b(y);
                const Value product = a * b;
                const Gradients gradients = backward(product);
                const std::string name = written(x) + " · " + written(y);
                expect("the slopes of a · b along a and along b are not those that one measures",
                       {{"the product " + name, product.data(), x * y},
                        {"the slope of " + name + " along the first", gradients[a], y},
                        {"the slope of " + name + " along the second", gradients[b], x}});
            }
        }
        const Value x(3);
        expect("x · x should move 2x times as fast as x",
               {{"that slope for 3", backward(x * x)[x], 6}});
        std::puts("2 · (-3) moves with the first -3 times as fast, with the second 2 times");
    });
}
