// Trains a small model for a hundred steps and prints five names, through the public API.
#include <iostream>

#include "microgpt/microgpt.hpp"

int main() {
    microgpt::Tape tape;
    microgpt::Options options;
    options.steps = 100;
    options.on_step = [](microgpt::Index step, double loss) {
        if (step % 20 == 0) std::cout << "step " << step << ": loss " << loss << '\n';
    };
    auto [model, tokenizer, losses, note] = microgpt::run(options);
    if (!note.empty()) std::cout << note << '\n';
    for (const std::string& name : microgpt::generate(model, tokenizer, 5, 0.5)) {
        std::cout << name << '\n';
    }
}
