// Trains a small model by autograd, with microgpt::core alone, and prints all digits of its losses.
#include <cstdio>

#include "microgpt/random/random.hpp"
#include "microgpt/training/adam.hpp"
#include "microgpt/training/trainer.hpp"

int main() {
    using namespace microgpt;
    Tape tape;
    Random random(42);
    const Gpt gpt({.vocab_size = 5}, [&] { return random.gauss(0, 0.08); });
    Adam adam(gpt.parameters());
    for (int step = 0; step < 20; ++step) {
        const auto [loss, gradients] = differentiate(gpt, {0, 1, 2, 3, 4, 0});
        adam.step(gradients);
        std::printf("%.17g\n", loss);
    }

    // What is compiled here, as the library's inline functions are, does not fuse its
    // multiply-adds.
    double number = random.random();
    for (int i = 0; i < 20; ++i) {
        number = 3.9 * number - 3.9 * number * number;  // chaos: an error grows with every turn
        std::printf("%.17g\n", number);
    }
}
