// What a vocabulary costs and buys: the same time for letters and for pieces, over ten seeds.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <exception>
#include <nlohmann/json.hpp>

#include "microgpt/files/file.hpp"
#include "microgpt/run/engines.hpp"
#include "microgpt/run/evaluation.hpp"
#include "microgpt/tokens/piece_vocabulary.hpp"

namespace {

using namespace microgpt;
using nlohmann::ordered_json;

/// Half of what a short run has: in a long one with that rate more steps make it worse.
constexpr double rate = 0.005;

/// The processor's time, which other programs do not use up.
double seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

Run begun(const Settings& settings, const Dataset& data) {
    return Run(engine_kind(), settings, data, pieces_or_characters());
}

/// Milliseconds of the processor for a step: the least of some hundreds of steps.
double ms_a_step(Settings settings, const Dataset& data) {
    double least = 1e9;
    for (int round = 0; round < 5; ++round) {
        settings.steps = 200;
        Run run = begun(settings, data);
        const double start = seconds();
        run.train();
        least = std::min(least, 1000 * (seconds() - start) / settings.steps);
    }
    return least;
}

/// As many steps as the time allows, for each seed; the rate falls to zero with the last.
ordered_json measured(Settings settings, const Dataset& data, double budget) {
    const double ms = ms_a_step(settings, data);
    settings.steps = static_cast<Index>(1000 * budget / ms);
    ordered_json row = {{"tokens", settings.tokens}, {"ms", ms}, {"steps", settings.steps}};
    for (settings.seed = 1; settings.seed <= 10; ++settings.seed) {
        Run run = begun(settings, data);
        run.train();
        const Evaluation held_out = evaluate(run, spellings_of(run, 0).unread, 64);
        row["parameters"] = run.engine().parameters().size();
        row["bytes_a_token"] = held_out.bytes / held_out.tokens;
        row["losses"].push_back(held_out.token_loss());
        row["bits"].push_back(held_out.bits_per_byte());
    }
    return row;
}

}  // namespace

int main() try {
    const Dataset names = load_dataset();
    const Dataset book = {"this-book.txt", read_file(THIS_BOOK), ""};
    ordered_json results;
    for (const Index tokens : {0, 256, 300, 512, 1024, 2048, 4096}) {
        results["names"].push_back(
            measured({.learning_rate = rate, .held_out = 0.1, .tokens = tokens}, names, 0.1));
        results["book"].push_back(measured(
            {.n_embd = 32, .block_size = 64, .held_out = 0.1, .tokens = tokens, .stream = true},
            book, 2));
        std::fprintf(stderr, "%u tokens: %s\n%s\n", tokens, results["names"].back().dump().c_str(),
                     results["book"].back().dump().c_str());
    }
    std::printf("%s\n", results.dump(1).c_str());
} catch (const std::exception& error) {
    std::fprintf(stderr, "vocabularies: %s\n", error.what());
    return 1;
}
