// The sharded engine: two collectives a step.
#include "microgpt/cluster/sharded_engine.hpp"

#include <new>
#include <stdexcept>
#include <utility>

#include "microgpt/cluster/gradient_exchange.hpp"
#include "microgpt/cluster/sharded_memory.hpp"
#include "microgpt/engines/fast/fast_adam.hpp"
#include "microgpt/engines/fast/fast_reader.hpp"
#include "microgpt/engines/flush_to_zero.hpp"
#include "microgpt/engines/team.hpp"

namespace microgpt {

namespace {

template <class T>
class ShardedEngine final : public ClusterEngine {
  public:
    ShardedEngine(const TrainingConfig& training, const Draw& draw, std::size_t threads,
                  Ranks& ranks)
        : ranks_(ranks),
          weights_(training.config, draw, {ranks.rank(), ranks.size()}),
          batch_(weights_, threads),
          rates_{.learning_rate = training.learning_rate},
          exchange_(weights_, ranks),
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
    void collect_moments() override;
    StepParts parts() override {
        measures_ = true;
        return parts_;
    }

  private:
    void read(std::span<const std::vector<Index>> documents);

    Ranks& ranks_;
    FastWeights<T> weights_;
    FastBatch<T> batch_;
    Adam::Config rates_;
    GradientExchange<T> exchange_;
    Team team_;
    Index steps_ = 0;
    Adam::State collected_;
    StepParts parts_;
    bool measures_ = false;
    StepClock clock_;
};

template <class T>
double ShardedEngine<T>::step(std::span<const std::vector<Index>> documents, double decay) {
    const FlushToZero flush;
    double between_steps = 0;
    clock_.add_to(between_steps);
    bool failed = false;  // which the others are told
    try {
        read(documents);
    } catch (const std::bad_alloc&) {
        failed = true;
    }
    clock_.add_to(parts_.compute);
    if (measures_) ranks_.agree();
    clock_.add_to(parts_.wait);
    exchange_.send(batch_, failed);
    clock_.add_to(parts_.exchange);
    const double loss = exchange_.loss(batch_);
    const simd::AdamStep<T> adam = adam_step<T>(rates_, steps_ + 1, decay);
    team_.run([&](std::size_t part) { exchange_.update(adam, {part, team_.size()}); });
    clock_.add_to(parts_.update);
    exchange_.share_weights();
    clock_.add_to(parts_.gather);
    team_.run([this](std::size_t part) { weights_.transpose({part, team_.size()}); });
    clock_.add_to(parts_.copy);
    collected_ = {};
    ++steps_;
    return loss;
}

/// This rank's run of bundles.
template <class T>
void ShardedEngine<T>::read(std::span<const std::vector<Index>> documents) {
    exchange_.plan(documents.size());
    batch_.arrange(documents, exchange_.run());
    exchange_.make_room(batch_);
    team_.run([this](std::size_t part) { batch_.read(part); });
    team_.run([this](std::size_t part) {
        batch_.survey(part);
        exchange_.sum(batch_, {part, team_.size()});
    });
}

// ---- The moments, which no rank has all of

template <class T>
void ShardedEngine<T>::collect_moments() {
    const std::size_t room = ranks_.is_first() ? weights_.all().size() : 0;
    const Buffer<T> m(room), v(room);
    exchange_.gather(weights_.all_m(), m);
    exchange_.gather(weights_.all_v(), v);
    if (!ranks_.is_first()) return;
    collected_ = weights_.adam(m, v);
    collected_.steps = steps_;
}

template <class T>
Adam::State ShardedEngine<T>::adam() const {
    if (!collected_.m.empty()) return collected_;
    throw std::logic_error("Adam's moments are on all ranks: collect_moments() first");
}

template <class T>
void ShardedEngine<T>::restore(const std::vector<double>& parameters, const Adam::State& adam) {
    weights_.restore(parameters, adam);
    steps_ = adam.steps;
    collected_ = {};
}

template <class T>
void ShardedEngine<T>::rearrange(const std::vector<Index>& order) {
    const Buffer<T> m(weights_.all().size()), v(weights_.all().size());
    exchange_.all_gather(weights_.all_m(), m);
    exchange_.all_gather(weights_.all_v(), v);
    const Adam::State all = weights_.adam(m, v);
    restore(rearranged(parameters(), order),
            {steps_, rearranged(all.m, order), rearranged(all.v, order)});
}

}  // namespace

template <class T>
EngineKind sharded_kind(Ranks& ranks, std::size_t threads) {
    return {.bytes_needed =
                [=, size = ranks.size()](const TrainingConfig& training) {
                    return sharded_bytes<T>(training, threads, size);
                },
            .make = [=, &ranks](const TrainingConfig& training,
                                const Draw& draw) -> std::unique_ptr<Engine> {
                parameter_count(training.config);  // throws for sizes that make no model
                return std::make_unique<ShardedEngine<T>>(training, draw, threads, ranks);
            }};
}

template EngineKind sharded_kind<float>(Ranks&, std::size_t);
template EngineKind sharded_kind<double>(Ranks&, std::size_t);

}  // namespace microgpt
