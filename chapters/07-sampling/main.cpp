// Chapter 7: a trained model invents names, cold and hot, and finishes the ones we start.
#include <cstdio>
#include <exception>

#include "microgpt/engines/value_engine.hpp"
#include "microgpt/run/run.hpp"

using namespace microgpt;

int main() try {
    Tape tape;
    Run run(value_kind());
    for (const std::string& note : run.notes()) std::fprintf(stderr, "%s\n", note.c_str());
    std::printf("training on %zu names, %zu parameters\n", run.num_docs(),
                run.engine().parameters().size());
    run.train();
    std::printf("loss of the first step %.4f, of the last %.4f\n", run.losses().front(),
                run.losses().back());

    std::puts("\nAt the reference's temperature, 0.5, as it prints them:\n");
    for (const std::string& name : run.generate({.count = 10})) std::printf("  %s\n", name.c_str());

    std::puts("\nFrom cold to hot:\n");
    for (const double temperature : {0.0, 0.2, 0.5, 1.0, 2.0}) {
        std::printf("  %.1f ", temperature);
        for (const std::string& name : run.generate({.count = 6, .temperature = temperature})) {
            std::printf(" %s", name.c_str());
        }
        std::puts("");
    }

    std::puts("\nYou start, it finishes:\n");
    for (const char* start : {"ma", "el", "zo", "chr"}) {
        std::printf("  %-4s", start);
        for (const std::string& name : run.generate({.count = 5, .prompt = start})) {
            std::printf(" %s", name.c_str());
        }
        std::puts("");
    }
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
