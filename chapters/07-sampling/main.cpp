// Chapter 7: a trained model invents names, cold and hot, and finishes the ones we start.
#include <cstdio>
#include <exception>

#include "microgpt/run.hpp"

using namespace microgpt;

int main() try {
    Tape tape;
    Options options;
    options.on_start = [](const Summary& summary) {
        if (!summary.note.empty()) std::fprintf(stderr, "%s\n", summary.note.c_str());
        std::printf("training on %zu names, %u parameters\n", summary.num_docs, summary.num_params);
    };
    auto [model, tokenizer, losses, note] = run(options);
    std::printf("loss of the first step %.4f, of the last %.4f\n", losses.front(), losses.back());

    std::puts("\nAt the reference's temperature, 0.5, as it prints them:\n");
    for (const std::string& name : generate(model, tokenizer, 10))
        std::printf("  %s\n", name.c_str());

    std::puts("\nFrom cold to hot:\n");
    for (const double temperature : {0.0, 0.2, 0.5, 1.0, 2.0}) {
        std::printf("  %.1f ", temperature);
        for (const std::string& name : generate(model, tokenizer, 6, temperature)) {
            std::printf(" %s", name.c_str());
        }
        std::puts("");
    }

    std::puts("\nYou start, it finishes:\n");
    for (const char* start : {"ma", "el", "zo", "chr"}) {
        std::printf("  %-4s", start);
        for (const std::string& name : generate(model, tokenizer, 5, 0.5, start)) {
            std::printf(" %s", name.c_str());
        }
        std::puts("");
    }
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
