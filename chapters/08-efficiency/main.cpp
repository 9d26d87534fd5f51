// Chapter 8: the same digits, sooner: a ladder of engines, each rung measured.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <optional>

#include "flops.hpp"
#include "microgpt/data/dataset.hpp"
#include "microgpt/data/tokenizer.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/run/engines.hpp"
#include "plot/figure.hpp"
#include "plot/log_charts.hpp"

using namespace microgpt;

constexpr Index steps = 1000;

/// An engine, and how many of the steps it is given time for, how many times over.
struct Rung {
    const char* what;
    EngineChoice choice;
    Index steps = 1000;
    int times = 7;
};

const Rung ladder[] = {
    {"a graph of shared_ptrs", {"graph", "f64"}, 100, 1},
    {"Values on a tape", {"value", "f64"}},
    {"whole vectors on a tape", {"tape", "f64"}},
    {"derived by hand", {"flat", "f64"}},
    {"on vector registers", {"fast", "f64"}},
    {"in single precision", {"fast", "f32"}},
};

// ---- The same run for all: names, their order, the first weights

struct Course {
    std::vector<std::vector<Index>> documents;
    GptConfig config;
    std::vector<double> weights;
};

Course course() {
    std::vector<std::string_view> names = load_names(stderr);
    Random random(42);
    random.shuffle(names);
    const Tokenizer tokenizer(names);
    Course found = {{}, {.vocab_size = tokenizer.vocab_size()}, {}};
    for (Index i = 0; i < steps; ++i) found.documents.push_back(tokenizer.encode(names[i]));
    found.weights.resize(static_cast<std::size_t>(count_parameters(found.config)));
    std::ranges::generate(found.weights, [&] { return random.gauss(0, 0.08); });
    return found;
}

// ---- One rung

struct Measured {
    std::vector<double> losses;
    double nodes = 0;  // means, for a step
    double bytes = 0;
    double seconds = 0;  // for a step, in the fastest run
};

Measured measure(const Rung& rung, const Course& course) {
    Measured found;
    found.seconds = 1e9;
    for (int time = 0; time < rung.times; ++time) {
        const Tape tape;
        auto weight = course.weights.begin();
        const auto engine =
            engine_kind(rung.choice).make({.config = course.config}, [&] { return *weight++; });
        std::vector<double> losses;
        std::chrono::duration<double> taken{};
        for (Index step = 0; step < rung.steps; ++step) {
            const auto start = std::chrono::steady_clock::now();
            losses.push_back(engine->step({&course.documents[step], 1}, linear_decay(step, steps)));
            taken += std::chrono::steady_clock::now() - start;
            if (time > 0) continue;
            found.nodes += static_cast<double>(engine->step_memory().nodes) / rung.steps;
            found.bytes += static_cast<double>(engine->step_memory().bytes) / rung.steps;
        }
        found.losses = losses;
        found.seconds = std::min(found.seconds, taken.count() / rung.steps);
    }
    return found;
}

// ---- All of them

double flops_of_a_step(const Course& course) {
    double flops = 0;
    for (const std::vector<Index>& document : course.documents) {
        const std::size_t n = std::min<std::size_t>(document.size() - 1, course.config.block_size);
        flops += flops_of_document(course.config, n) / steps;
    }
    return flops + flops_of_adam(course.config);
}

std::string loss_at(const Measured& measured, Index step) {
    char text[16] = "-";
    if (step <= measured.losses.size()) {
        std::snprintf(text, sizeof text, "%.4f", measured.losses[step - 1]);
    }
    return text;
}

int main() try {
    const Course names = course();
    const double flops = flops_of_a_step(names);
    std::printf("a step: %.0f parameters, %.0f FLOPs, of which Adam %.0f\n",
                count_parameters(names.config), flops, flops_of_adam(names.config));
    const double peaks[] = {peak_flops<double>(), peak_flops<float>()};
    std::printf("this core's peak: %.1f GFLOP/s in double precision, %.1f GFLOP/s in single\n\n",
                peaks[0] / 1e9, peaks[1] / 1e9);

    std::puts("engine        loss of step 1    100    1000     nodes   memory  1000 steps  faster");
    std::vector<plot::Rung> rungs;
    std::optional<double> below;
    for (const Rung& rung : ladder) {
        const Measured measured = measure(rung, names);
        const double ms = measured.seconds * 1e6;
        const double rate = flops / measured.seconds;
        const std::string name = rung.choice.name + " " + rung.choice.dtype;
        std::printf("%-10s %17s %6s %7s %9.0f %8.1f KB %9.1f ms", name.c_str(),
                    loss_at(measured, 1).c_str(), loss_at(measured, 100).c_str(),
                    loss_at(measured, steps).c_str(), measured.nodes, measured.bytes / 1e3, ms);
        std::printf(" %7.1f x %6.1f GFLOP/s %5.1f %% of peak\n", below.value_or(ms) / ms,
                    rate / 1e9, 100 * rate / peaks[rung.choice.dtype == "f32" ? 1 : 0]);
        char note[32];
        std::snprintf(note, sizeof note, ms < 100 ? "%.1f ms" : "%.0f ms", ms);
        rungs.push_back({rung.what, ms, note});
        below = ms;
    }
    std::puts("");
    plot::write_figure(
        "08-ladder.svg",
        plot::log_ladder({.title = "The ladder",
                          .description = "How long 1000 training steps take, by engine: from a "
                                         "graph of shared_ptrs, by far the slowest, each engine is "
                                         "faster than the one before it. The first rung down, to "
                                         "Values on a tape, is the longest by far.",
                          .x = "milliseconds for 1000 steps",
                          .y = ""},
                         rungs));
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
