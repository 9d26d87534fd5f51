// One factor at a time: a thousand steps by one engine, on one instruction set.
#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "flops.hpp"
#include "microgpt/data/dataset.hpp"
#include "microgpt/data/tokenizer.hpp"
#include "microgpt/engines/fast/fast_adam.hpp"
#include "microgpt/engines/flush_to_zero.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/run/engines.hpp"

using namespace microgpt;

namespace {

constexpr Index steps = 1000;

// ---- The fast engine with Adam apart: gradients are stored, then learned from, then copied

class AdamApart {
  public:
    AdamApart(const GptConfig& config, const Draw& draw)
        : weights_(config, draw), batch_(weights_, 1), slopes_(weights_.all().size()) {}

    double step(std::span<const std::vector<Index>> documents, double decay) {
        const FlushToZero flush;
        batch_.arrange(documents);
        batch_.read(0);
        batch_.survey(0);
        const double loss = batch_.mean_loss(batch_.losses().front(), batch_.found());
        sum_gradients(weights_, batch_, {}, slopes_.data(), slopes_.size());
        weights_.kernels().adam({.size = slopes_.size(),
                                 .g = slopes_.data(),
                                 .w = weights_.all().data(),
                                 .m = weights_.all_m().data(),
                                 .v = weights_.all_v().data(),
                                 .adam = adam_step<double>({}, ++steps_, decay)});
        weights_.transpose({});
        return loss;
    }

  private:
    FastWeights<double> weights_;
    FastBatch<double> batch_;
    Buffer<double> slopes_;
    Index steps_ = 0;
};

// ---- A training on the clock

using Step = std::function<double(std::span<const std::vector<Index>>, double decay)>;

/// What takes steps: an engine, but for "apart".
Step step_of(const std::string& which, const Draw& draw) {
    const GptConfig config = {.vocab_size = 27};
    if (which == "apart") {
        return [engine = std::make_shared<AdamApart>(config, draw)](auto documents, double decay) {
            return engine->step(documents, decay);
        };
    }
    const EngineChoice choice = {which == "flat" ? "flat" : "fast", which == "f32" ? "f32" : "f64"};
    return [engine = std::shared_ptr(engine_kind(choice).make({.config = config}, draw))](
               auto documents, double decay) { return engine->step(documents, decay); };
}

/// The reference's run: says how long a step takes, and the last loss.
void measure(const std::string& which) {
    std::vector<std::string_view> names = load_names(stderr);
    Random random(42);
    random.shuffle(names);
    const Tokenizer tokenizer(names);
    std::vector<std::vector<Index>> documents;
    for (Index i = 0; i < steps; ++i) documents.push_back(tokenizer.encode(names[i]));
    const Step step = step_of(which, [&] { return random.gauss(0, 0.08); });
    double loss = 0;
    const auto start = std::chrono::steady_clock::now();
    for (Index i = 0; i < steps; ++i) loss = step({&documents[i], 1}, linear_decay(i, steps));
    const std::chrono::duration<double, std::micro> taken =
        std::chrono::steady_clock::now() - start;
    std::printf("us %.3f loss %.12f\n", taken.count() / steps, loss);
}

/// Has the fast engine use the instruction set that Highway calls so.
void choose(const std::string& target) {
    for (std::size_t i = 0; i < simd::targets(); ++i) {
        simd::choose(i);
        if (target == simd::kernels<float>().target) return;
    }
    throw std::runtime_error("there are no kernels for " + target + " here");
}

}  // namespace

/// bench-factors flat|fast|apart|f32|peak [an instruction set]
int main(int argc, char** argv) try {
    const std::string which = argc > 1 ? argv[1] : "fast";
    if (argc > 2) choose(argv[2]);
    if (which == "peak") {
        std::printf("gflops %.1f\n", peak_flops<double>() / 1e9);
    } else {
        measure(which);
    }
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
