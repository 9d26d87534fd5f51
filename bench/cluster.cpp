// What a step costs on many ranks, and which parts it has: `make bench-cluster`.
#include <algorithm>
#include <chrono>
#include <cstdio>

#include "microgpt/cluster/sharded_engine.hpp"
#include "microgpt/random/random.hpp"

using namespace microgpt;

namespace {

constexpr int steps = 20;

/// Documents as long as names.
std::vector<std::vector<Index>> batch_of(const TrainingConfig& training) {
    std::vector<std::vector<Index>> documents(training.batch);
    for (std::size_t i = 0; i < documents.size(); ++i) documents[i].resize(5 + i % 7);
    return documents;
}

/// The parts of the fastest step of some, on this rank.
void measure(Ranks& ranks, const TrainingConfig& training) {
    Random random(1);
    const auto made =
        sharded_kind<float>(ranks).make(training, [&] { return random.gauss(0, 0.08); });
    auto& engine = dynamic_cast<ClusterEngine&>(*made);
    const auto documents = batch_of(training);
    double best = 0;
    StepParts parts;
    for (int step = 0; step < steps; ++step) {
        ranks.agree();  // all begin together
        const StepParts before = engine.parts();
        const auto begun = std::chrono::steady_clock::now();
        engine.step(documents, 0.5);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
        if (step > 0 && took.count() >= best) continue;
        const StepParts now = engine.parts();
        best = took.count();
        parts = {now.compute - before.compute, now.wait - before.wait,
                 now.exchange - before.exchange, now.update - before.update,
                 now.gather - before.gather};
    }
    if (!ranks.is_first()) return;
    std::printf("%5zu %7u %6u %9.3f %9.3f %9.3f %9.3f %9.3f %9.3f\n", ranks.size(),
                training.config.n_embd, training.batch, 1e3 * best, 1e3 * parts.compute,
                1e3 * parts.wait, 1e3 * parts.exchange, 1e3 * parts.update, 1e3 * parts.gather);
}

}  // namespace

int main(int argc, char** argv) {
    Ranks ranks(argc, argv, 60);
    ranks.have_met();
    if (ranks.is_first() && ranks.size() == 1) {
        std::printf(
            "In milliseconds, the fastest of %d steps in single precision, as rank 0 saw it\n"
            "ranks  n_embd  batch      step   compute      wait  exchange    update    gather\n",
            steps);
    }
    const auto model = [](Index layers, Index n_embd) {
        return GptConfig{.vocab_size = 27, .n_layer = layers, .n_embd = n_embd};
    };
    for (const GptConfig& config : {model(1, 16), model(2, 64), model(4, 128)}) {
        measure(ranks, {config, 0.01, 16, 64});  // strong scaling
        measure(ranks, {config, 0.01, 16, static_cast<Index>(32 * ranks.size())});  // weak
    }
}
