// Trains a small model for a hundred steps and prints five names, through the public API.
#include <iostream>

#include "microgpt/microgpt.hpp"

int main() {
    microgpt::Tape tape;
    microgpt::Run run({.steps = 100});
    for (const std::string& note : run.notes()) std::cout << note << '\n';
    while (!run.done()) {
        const double loss = run.step();
        if (run.losses().size() % 20 == 0) std::cout << "loss " << loss << '\n';
    }
    for (const std::string& name : run.generate(5, 0.5)) std::cout << name << '\n';
}
