// The value engine: training by the trainer, reading in a Scope.
#include "microgpt/engines/value_engine.hpp"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <stdexcept>
#include <utility>

#include "microgpt/engines/gpt_reader.hpp"
#include "microgpt/training/trainer.hpp"

namespace microgpt {

static std::span<const double> numbers_of(Vector x) { return x.data(); }  // for GptReader

namespace {

constexpr std::size_t bytes_on_tape = 40;  // of a number,
constexpr std::size_t bytes_of_slope = 8;  // and in the Gradients
constexpr std::size_t bytes_a_number = bytes_on_tape + bytes_of_slope;

/// What it has read stays on the Tape until it is gone, or until there is much more than is needed.
class ValueReader final : public GptReader<Gpt> {
  public:
    ValueReader(const Gpt& gpt, std::size_t documents)
        : GptReader(gpt, documents), config_(gpt.config()) {
        begin();
    }

    void restart(std::size_t document) override {
        GptReader::restart(document);
        if (Tape::current().size() > most_) begin();
    }

  private:
    void begin();
    void each_cache(const std::function<void(KvCache&)>& visit) {
        for (Gpt::Context& context : contexts()) {
            for (KvCache& cache : context) visit(cache);
        }
    }

    GptConfig config_;
    std::optional<Tape::Scope> scope_;
    std::size_t most_ = 0;  // numbers on the Tape
};

/// Copies the keys and values that are needed still into a new Scope, and forgets the old one.
void ValueReader::begin() {
    const Tape& tape = Tape::current();
    std::vector<std::vector<double>> kept;  // a position's key, its value, the next one's key, …
    const auto keep = [&](Range first_head) {
        const auto all_heads = tape.data({first_head.first, config_.n_embd});
        kept.emplace_back(all_heads.begin(), all_heads.end());
    };
    each_cache([&](const KvCache& cache) {
        for (Index t = 0; t < cache.size(); ++t) {
            keep(cache.keys(0)[t]);
            keep(cache.values(0)[t]);
        }
    });
    scope_.reset();
    scope_.emplace();
    const std::size_t start = tape.size();
    auto next = kept.begin();
    each_cache([&](KvCache& cache) {
        const KvCache old = std::exchange(cache, KvCache(config_.n_head));
        for (Index t = 0; t < old.size(); ++t) {
            const Vector key = vector_of(*next++);
            cache.append(key, vector_of(*next++));
        }
    });
    most_ = 2 * tape.size() - start + (std::size_t{1} << 17);
}

}  // namespace

double ValueEngine::step(std::span<const std::vector<Index>> documents, double decay) {
    const auto [loss, gradients] = differentiate(gpt_, documents);
    adam_.step(gradients, decay);
    const std::size_t recorded = gradients.size() - Tape::current().size();
    memory_ = {recorded, recorded * bytes_a_number};
    return loss;
}

std::unique_ptr<Reader> ValueEngine::reader(std::size_t documents) {
    return std::make_unique<ValueReader>(gpt_, documents);
}

std::vector<double> ValueEngine::parameters() const {
    const std::span<const double> parameters = gpt_.parameters().data();
    return {parameters.begin(), parameters.end()};
}

void ValueEngine::restore(const std::vector<double>& parameters, const Adam::State& adam) {
    if (parameters.size() != gpt_.parameters().size()) {
        throw std::invalid_argument("the parameters are of another model");
    }
    adam_.restore(adam);
    std::ranges::copy(parameters, Tape::current().parameters(gpt_.parameters()).begin());
}

double numbers_of_a_step(const GptConfig& config, Index positions) {
    const double n = positions;
    const double pairs = n * (n + 1) / 2;  // of a position and one that it looks at
    const double embed_and_head = 2.0 * config.n_embd + 5.0 * config.vocab_size + 8;
    const double block = 19.0 * config.n_embd + 8;
    const double attention = 6.0 * config.n_head + 2.0 * config.n_embd;
    return n * (embed_and_head + config.n_layer * block) + config.n_layer * pairs * attention;
}

/// A Tape has an end: better known before training than in the middle of it.
static void require_place(const TrainingConfig& training) {
    const double room = static_cast<double>(Tape::current().capacity() - Tape::current().size());
    const double needed = static_cast<double>(parameter_count(training.config)) +
                          training.batch * numbers_of_a_step(training.config, training.longest);
    if (needed <= room) return;
    char both[80];
    std::snprintf(both, sizeof both, "%.0f numbers, and a step of this model may have %.0f", room,
                  needed);
    throw Error("the value engine can record " + std::string(both) +
                ": choose another engine, or a smaller block_size or batch");
}

// The Tape grows by doubling, so at its worst there are three times as many places as numbers. Adam
// has two numbers a parameter.
EngineKind value_kind() {
    return {
        .bytes_needed =
            [](const TrainingConfig& training) {
                const double parameters = count_parameters(training.config);
                const double numbers =
                    parameters +
                    training.batch * numbers_of_a_step(training.config, training.longest);
                return numbers * (3 * bytes_on_tape + bytes_of_slope) + parameters * 2 * 8;
            },
        .make = [](const TrainingConfig& training, const Draw& draw) -> std::unique_ptr<Engine> {
            require_place(training);
            return std::make_unique<ValueEngine>(training.config, draw, training.learning_rate);
        }};
}

}  // namespace microgpt
