// The fast engine: a batch that is read, and an optimizer.
#include "microgpt/engines/fast/fast_engine.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <stdexcept>

#include "microgpt/engines/fast/fast_adam.hpp"
#include "microgpt/engines/fast/fast_reader.hpp"
#include "microgpt/engines/flush_to_zero.hpp"
#include "microgpt/engines/team.hpp"

namespace microgpt {

namespace {

template <class T>
class FastEngine final : public Engine {
  public:
    FastEngine(const TrainingConfig& training, const Draw& draw, std::size_t threads)
        : weights_(training.config, draw),
          batch_(weights_, threads),
          optimizer_(weights_, {.learning_rate = training.learning_rate}, threads),
          team_(threads) {}

    const GptConfig& config() const override { return weights_.config(); }
    double step(std::span<const std::vector<Index>> documents, double decay) override;
    std::unique_ptr<Reader> reader(std::size_t documents) override {
        return make_fast_reader(weights_, documents);
    }
    StepMemory step_memory() const override { return {0, batch_.trace().bytes()}; }
    std::vector<double> parameters() const override { return weights_.parameters(); }
    Adam::State adam() const override;
    void restore(const std::vector<double>& parameters, const Adam::State& adam) override;
    void rearrange(const std::vector<Index>& order) override;

  private:
    FastWeights<T> weights_;
    FastBatch<T> batch_;
    FastAdam<T> optimizer_;
    Team team_;
    Index steps_ = 0;
};

template <class T>
double FastEngine<T>::step(std::span<const std::vector<Index>> documents, double decay) {
    const FlushToZero flush;
    batch_.arrange(documents);
    team_.run([this](std::size_t part) { batch_.read(part); });
    team_.run([this](std::size_t part) { batch_.survey(part); });
    const double loss = batch_.mean_loss(batch_.losses().front(), batch_.found());
    optimizer_.begin(batch_, steps_ + 1, decay);
    ++steps_;
    team_.run([this](std::size_t part) { optimizer_.update(batch_, part); });
    return loss;
}

template <class T>
Adam::State FastEngine<T>::adam() const {
    Adam::State state = weights_.adam();
    state.steps = steps_;
    return state;
}

template <class T>
void FastEngine<T>::restore(const std::vector<double>& parameters, const Adam::State& adam) {
    weights_.restore(parameters, adam);
    steps_ = adam.steps;
}

template <class T>
void FastEngine<T>::rearrange(const std::vector<Index>& order) {
    const auto [steps, m, v] = adam();
    restore(rearranged(parameters(), order), {steps, rearranged(m, order), rearranged(v, order)});
}

template <class T>
double bytes_needed(const TrainingConfig& training, std::size_t threads) {
    const PanelSizes sizes(training.config, simd::kernels<T>().lanes);
    const double n_embd = 1.0 * sizes.n_embd;
    const double layers = training.config.n_layer;
    const double matrices =
        n_embd * (1.0 * sizes.vocab + layers * (4.0 * sizes.heads + 2.0 * sizes.features));
    const double table = n_embd * (1.0 * training.config.vocab_size + training.config.block_size);
    const auto sums = std::bit_width(bundles_of(training.batch)) - 1.0;  // beyond the first
    const double trace =
        FastTrace<T>::size(sizes, training.config.n_layer, 1.0 * training.batch * training.longest,
                           training.longest, threads);
    return sizeof(T) * (4 * (matrices + table) + sums * table + trace);
}

}  // namespace

template <class T>
EngineKind fast_kind(std::size_t threads) {
    return {
        .bytes_needed =
            [=](const TrainingConfig& training) { return bytes_needed<T>(training, threads); },
        .make = [=](const TrainingConfig& training, const Draw& draw) -> std::unique_ptr<Engine> {
            parameter_count(training.config);  // throws for sizes that make no model
            return std::make_unique<FastEngine<T>>(training, draw, threads);
        }};
}

template EngineKind fast_kind<float>(std::size_t);
template EngineKind fast_kind<double>(std::size_t);

}  // namespace microgpt
