// Chapter 11: a raw table of towns, a model chosen for it, and two ways to go on with a model.
#include <cstdio>
#include <exception>

#include "microgpt/files/file.hpp"
#include "stages.hpp"

using namespace microgpt;

void invent(const char* what, const Texts& names) {
    Run run = run_on(names, settings_of(1));
    run.train();
    std::printf("%-11s %zu parameters:", what, run.engine().parameters().size());
    for (const std::string& name : run.generate({.count = 6})) std::printf(" | %s", name.c_str());
    std::puts("");
}

int main() try {
    const Names raw = column(read_file(TOWNS), "name");
    const Names clean = cleaned(raw);
    invent("as they are", views(raw));
    invent("cleaned", views(clean));
    const Exam towns(lines(views(clean)));
    std::printf("%zu towns to read, %zu held out\n", towns.training.size(), towns.held_out.size());
    choose_rate(towns);
    choose_size(towns);

    const Exam names(load_dataset().text);
    Names kept;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        Run run = run_on(names.training, settings_of(seed));
        run.train();
        kept.push_back(to_bytes(run.checkpoint()));
    }
    begin_with_names(kept, names, towns);
    forget_less(kept, names, towns);
    prefer_vowels(kept.front(), names);
} catch (const std::exception& error) {
    std::fprintf(stderr, "chapter-11: %s\n", error.what());
    return 1;
}
