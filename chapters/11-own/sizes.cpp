// Sizes: the same training with other rates and other models.
#include <cstdio>

#include "stages.hpp"

namespace microgpt {

void choose_rate(const Exam& towns) {
    std::puts("\n250 steps: held out, and spread over 3 seeds");
    std::puts("  rate     n_embd 16         n_embd 32");
    for (const double rate : {0.001, 0.003, 0.01, 0.03}) {
        std::printf("%6g", rate);
        for (const Index n_embd : {16, 32}) {
            const auto figures = over(3, [&](std::uint64_t seed) {
                Settings settings = settings_of(seed, 250);
                settings.n_embd = n_embd;
                settings.learning_rate = rate;
                Run run = run_on(towns.training, settings);
                run.train();
                return std::vector{loss(run, towns.held_out)};
            });
            std::printf("    %.4f %.4f", figures[0].mean, figures[0].spread);
        }
        std::puts("");
    }
}

namespace {

/// A row: a size, and how it goes.
void try_size(const Exam& towns, Index n_embd, Index n_layer) {
    std::size_t parameters = 0;
    const auto figures = over(3, [&](std::uint64_t seed) {
        Settings settings = settings_of(seed);
        settings.n_embd = n_embd;
        settings.n_layer = n_layer;
        Run run = run_on(towns.training, settings);
        parameters = run.engine().parameters().size();
        std::vector<double> losses;
        run.train([&](Index step, double) {
            if (step % 200 == 0) losses.push_back(loss(run, towns.held_out));
            return true;
        });
        losses.push_back(loss(run, towns.training));
        return losses;
    });
    std::printf("%5zu %6u %7u %10zu", towns.training.size(), n_embd, n_layer, parameters);
    for (std::size_t i = 0; i < 5; ++i) std::printf("  %.4f", figures[i].mean);
    std::printf("  %.4f  %.4f\n", figures[4].spread, figures[5].mean);
}

}  // namespace

void choose_size(const Exam& towns) {
    std::puts("\n1000 steps: held out after so many, its spread at the end, and what was read");
    std::puts(
        "towns n_embd n_layer parameters     200     400     600     800    1000  spread    read");
    for (const Index n_embd : {8, 16, 32, 64}) try_size(towns, n_embd, 1);
    try_size(towns, 32, 2);
    Exam few = towns;
    few.training.clear();
    for (std::size_t i = 0; i < towns.training.size(); i += 8)
        few.training.push_back(towns.training[i]);
    try_size(few, 32, 1);
}

}  // namespace microgpt
