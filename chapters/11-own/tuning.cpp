// Tuning: from names to towns, with what is learned and what is forgotten.
#include <cstdio>

#include "stages.hpp"

namespace microgpt {

void begin_with_names(const Names& kept, const Exam& names, const Exam& towns) {
    std::puts("\nsteps  fresh: towns  spread  from names: towns  spread   names  spread");
    for (const Index steps : {0, 10, 30, 100, 300, 1000}) {
        const auto figures = over(kept.size(), [&](std::uint64_t seed) {
            Run fresh = run_on(towns.training, settings_of(seed, steps));
            Run begun = run_from(kept[seed - 1], towns.training, settings_of(seed, steps));
            fresh.train();
            begun.train();
            return std::vector{loss(fresh, towns.held_out), loss(begun, towns.held_out),
                               loss(begun, names.held_out)};
        });
        std::printf("%5u        %.4f  %.4f             %.4f  %.4f  %.4f  %.4f\n", steps,
                    figures[0].mean, figures[0].spread, figures[1].mean, figures[1].spread,
                    figures[2].mean, figures[2].spread);
    }
}

namespace {

/// The towns, and behind every `every` of them a name.
Texts mixed(const Texts& towns, const Texts& names, std::size_t every) {
    Texts both;
    for (std::size_t i = 0; i < towns.size(); ++i) {
        both.push_back(towns[i]);
        if (i % every == 0) both.push_back(names[i * names.size() / towns.size()]);
    }
    return both;
}

}  // namespace

void forget_less(const Names& kept, const Exam& names, const Exam& towns) {
    std::puts("\n300 steps    rate   towns  spread   names  spread");
    const auto row = [&](const char* what, double rate, const Texts& read) {
        const auto figures = over(kept.size(), [&](std::uint64_t seed) {
            Settings settings = settings_of(seed, 300);
            settings.learning_rate = rate;
            Run run = run_from(kept[seed - 1], read, settings);
            run.train();
            return std::vector{loss(run, towns.held_out), loss(run, names.held_out)};
        });
        std::printf("%-10s %6g  %.4f  %.4f  %.4f  %.4f\n", what, rate, figures[0].mean,
                    figures[0].spread, figures[1].mean, figures[1].spread);
    };
    for (const double rate : {0.01, 0.003, 0.001}) row("towns", rate, towns.training);
    row("1 in 11", 0.01, mixed(towns.training, names.training, 10));
    row("1 in 4", 0.01, mixed(towns.training, names.training, 3));
    row("1 in 2", 0.01, mixed(towns.training, names.training, 1));
}

}  // namespace microgpt
