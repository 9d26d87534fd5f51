// The workshop: one set of names for all benchmarks.
#include "workshop.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

#include "flops.hpp"
#include "microgpt/data/dataset.hpp"
#include "microgpt/data/tokenizer.hpp"
#include "microgpt/random/random.hpp"

namespace microgpt {

using benchmark::Counter;

const std::vector<std::vector<Index>>& documents() {
    static const std::vector<std::vector<Index>> found = [] {
        const Dataset dataset = load_dataset({.offline = true});
        std::vector<std::string_view> names = microgpt::documents(dataset.text, dataset.name);
        Random(42).shuffle(names);
        const Tokenizer tokenizer(names);
        std::vector<std::vector<Index>> tokens;
        for (std::size_t i = 0; i < 1000; ++i) tokens.push_back(tokenizer.encode(names[i]));
        return tokens;
    }();
    return found;
}

std::unique_ptr<Engine> engine_for(const EngineChoice& choice, const GptConfig& config) {
    Random random(42);
    return engine_kind(choice).make({.config = config}, [&] { return random.gauss(0, 0.08); });
}

GptConfig config_of(Index n_embd, Index n_layer, Index n_head) {
    return {.vocab_size = 27, .n_layer = n_layer, .n_embd = n_embd, .n_head = n_head};
}

/// The learning rate is all but 0: what is timed stays the same model.
void time_steps(benchmark::State& state, const EngineChoice& choice, const GptConfig& config,
                std::size_t batch) {
    static const double peaks[] = {peak_flops<double>(), peak_flops<float>()};
    const Tape tape;
    const auto engine = engine_for(choice, config);
    const std::span<const std::vector<Index>> all = documents();
    double flops = 0;
    std::size_t next = 0;
    for (auto _ : state) {
        const auto taken = all.subspan(next, batch);
        engine->step(taken, 1e-9);
        for (const std::vector<Index>& document : taken) {
            const std::size_t n = std::min<std::size_t>(document.size() - 1, config.block_size);
            flops += flops_of_document(config, n);
        }
        flops += flops_of_adam(config);
        next = (next + batch) % (all.size() - batch + 1);
    }
    const double peak = peaks[choice.dtype == "f32" ? 1 : 0] * static_cast<double>(choice.threads);
    state.counters["parameters"] = count_parameters(config);
    state.counters["FLOP/s"] = Counter(flops, Counter::kIsRate);
    state.counters["of_peak"] = Counter(flops / peak, Counter::kIsRate);
}

static void time_stream(benchmark::State& state, std::size_t kilobytes) {
    const std::size_t size = 1000 * kilobytes / 2 / sizeof(double);
    const std::vector<double> x(size, 1.0);
    std::vector<double> y(size);
    for (auto _ : state) {
        for (std::size_t i = 0; i < size; ++i) y[i] += 0.5 * x[i];
        benchmark::DoNotOptimize(y.data());
        benchmark::ClobberMemory();
    }
    state.counters["bytes/s"] = Counter(3.0 * sizeof(double) * static_cast<double>(size),
                                        Counter::kIsIterationInvariantRate);
}

void register_stream(std::size_t kilobytes) {
    const std::string name = "stream/kB:" + std::to_string(kilobytes);
    benchmark::RegisterBenchmark(name.c_str(), time_stream, kilobytes)
        ->Unit(benchmark::kMicrosecond);
}

static void time_program(benchmark::State& state, std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), MICROGPT_PROGRAM);
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t quiet;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    for (auto _ : state) {
        pid_t program = 0;
        int status = 1;
        rusage usage = {};
        posix_spawn(&program, MICROGPT_PROGRAM, &quiet, nullptr,
                    const_cast<char* const*>(arguments.data()), environ);
        wait4(program, &status, 0, &usage);
        if (status != 0) state.SkipWithError("the program does not run");
        state.SetIterationTime(seconds(usage.ru_utime) + seconds(usage.ru_stime));
    }
    posix_spawn_file_actions_destroy(&quiet);
}

void register_program(const std::string& name, const std::vector<const char*>& arguments) {
    benchmark::RegisterBenchmark(("program/" + name).c_str(), time_program, arguments)
        ->Unit(benchmark::kMillisecond)
        ->UseManualTime();
}

}  // namespace microgpt
