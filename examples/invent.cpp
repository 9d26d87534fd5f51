// Trains a small model for a hundred steps and prints five names, through the public API.
#include <iostream>

#include "microgpt/microgpt.hpp"

int main() {
    microgpt::Run run = microgpt::make_run({.steps = 100});
    for (const std::string& note : run.notes()) std::cout << note << '\n';
    run.train([](microgpt::Index step, double loss) {
        if (step % 20 == 0) std::cout << "loss " << loss << '\n';
        return true;
    });
    for (const std::string& name : run.generate({.count = 5})) std::cout << name << '\n';
}
