// The Value engine at the reference's size: a training step whole, and its phases apart.
#include <benchmark/benchmark.h>

#include <chrono>
#include <string>
#include <vector>

#include "microgpt/data/dataset.hpp"
#include "microgpt/data/tokenizer.hpp"
#include "microgpt/engines/sampler.hpp"
#include "microgpt/engines/value_engine.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/training/trainer.hpp"

namespace {

using namespace microgpt;
using benchmark::Counter;

/// The reference's model and its names; the embedded sample's where names.txt is not at hand.
struct Workshop {
    Tape tape;
    Random random{42};
    std::vector<std::vector<Index>> docs;
    Gpt gpt = make_model();
    Adam adam{gpt.parameters()};
    std::size_t next = 0;

    Gpt make_model() {
        const Dataset dataset = load_dataset({.offline = true});
        std::vector<std::string_view> names = documents(dataset.text, dataset.name);
        random.shuffle(names);
        const Tokenizer tokenizer(names);
        for (std::size_t i = 0; i < 1000; ++i) docs.push_back(tokenizer.encode(names[i]));
        return Gpt({.vocab_size = tokenizer.vocab_size()}, [&] { return random.gauss(0, 0.08); });
    }
    const std::vector<Index>& document() { return docs[next++ % docs.size()]; }
    double nodes() const { return static_cast<double>(tape.size() - gpt.parameters().size()); }
};

void training_step(benchmark::State& state) {
    Workshop workshop;
    for (auto _ : state) {
        const auto [loss, gradients] = differentiate(workshop.gpt, workshop.document());
        workshop.adam.step(gradients, 1e-9);
    }
    state.counters["steps/s"] = Counter(static_cast<double>(state.iterations()), Counter::kIsRate);
}

void forward(benchmark::State& state) {
    Workshop workshop;
    double nodes = 0;
    for (auto _ : state) {
        const Tape::Scope scope;
        benchmark::DoNotOptimize(document_loss(workshop.gpt, workshop.document()));
        nodes += workshop.nodes();
    }
    state.counters["nodes/step"] = Counter(nodes, Counter::kAvgIterations);
    state.counters["s/node"] = Counter(nodes, Counter::kIsRate | Counter::kInvert);
}

/// Time for backward alone: the graph is recorded again for each step, off the clock.
void backward(benchmark::State& state) {
    Workshop workshop;
    double nodes = 0;
    for (auto _ : state) {
        const Tape::Scope scope;
        const Value loss = document_loss(workshop.gpt, workshop.document());
        nodes += workshop.nodes();
        const auto start = std::chrono::steady_clock::now();
        benchmark::DoNotOptimize(microgpt::backward(loss));
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
        state.SetIterationTime(taken.count());
    }
    state.counters["nodes/step"] = Counter(nodes, Counter::kAvgIterations);
    state.counters["s/node"] = Counter(nodes, Counter::kIsRate | Counter::kInvert);
}

void adam(benchmark::State& state) {
    Workshop workshop;
    const auto [loss, gradients] = differentiate(workshop.gpt, workshop.document());
    for (auto _ : state) workshop.adam.step(gradients, 1e-9);
    state.counters["s/parameter"] = Counter(static_cast<double>(workshop.gpt.parameters().size()),
                                            Counter::kIsIterationInvariantRate | Counter::kInvert);
}

void sampled_name(benchmark::State& state) {
    Workshop workshop;
    Random& random = workshop.random;
    ValueEngine engine(
        workshop.gpt.config(), [&] { return random.gauss(0, 0.08); }, 0.01);
    const Choose choose = [&](std::span<const double> weights) { return random.choices(weights); };
    double tokens = 0;
    for (auto _ : state) tokens += 1 + static_cast<double>(sample(engine, choose).front().size());
    state.counters["tokens/s"] = Counter(tokens, Counter::kIsRate);
}

}  // namespace

BENCHMARK(training_step)->Unit(benchmark::kMicrosecond);
BENCHMARK(forward)->Unit(benchmark::kMicrosecond);
BENCHMARK(backward)->UseManualTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(adam)->Unit(benchmark::kMicrosecond);
BENCHMARK(sampled_name)->Unit(benchmark::kMicrosecond);
