// Engines: which name is which class.
#include "microgpt/run/engines.hpp"

#include <stdexcept>

#include "microgpt/engines/fast/fast_engine.hpp"
#include "microgpt/engines/flat/flat_engine.hpp"
#include "microgpt/engines/graph/graph_engine.hpp"
#include "microgpt/engines/tape/tape_engine.hpp"
#include "microgpt/engines/value_engine.hpp"

namespace microgpt {

namespace {

/// An ArrayEngine takes a document at a time. For each parameter it has five numbers, its transpose
/// among them; two for each number that Values would record; and, on a tape, at each position
/// twelve nodes for a block and four for the rest.
template <class Engine>
EngineKind array_kind() {
    return {.bytes_needed =
                [](const TrainingConfig& training) {
                    const double nodes =
                        (12.0 * training.config.n_layer + 4) * training.longest + 2;
                    return 40 * count_parameters(training.config) + 128 * nodes +
                           16 * numbers_of_a_step(training.config, training.longest);
                },
            .make =
                [](const TrainingConfig& training, const Draw& draw) {
                    return std::make_unique<Engine>(training.config, draw, training.learning_rate);
                }};
}

/// Two nodes for each parameter at each position, and one for what else is computed.
EngineKind graph_kind() {
    EngineKind kind = array_kind<GraphEngine>();
    kind.bytes_needed = [](const TrainingConfig& training) {
        const double products = 2 * training.longest * count_parameters(training.config);
        return 200 * (products + numbers_of_a_step(training.config, training.longest));
    };
    return kind;
}

}  // namespace

EngineKind engine_kind(const EngineChoice& choice) {
    const auto& [name, dtype, threads] = choice;
    if (threads == 0) throw std::invalid_argument("0 threads: choose 1, or more");
    if (name == "fast" && dtype == "f64") return fast_kind<double>(threads);
    if (name == "fast" && dtype == "f32") return fast_kind<float>(threads);
    if (dtype != "f64" || threads != 1) {
        throw std::invalid_argument("an engine " + name + " with dtype " + dtype + " and " +
                                    std::to_string(threads) + " threads: choose fast, f64 or f32");
    }
    if (name == "graph") return graph_kind();
    if (name == "value") return value_kind();
    if (name == "tape") return array_kind<TapeEngine>();
    if (name == "flat") return array_kind<FlatEngine>();
    std::string message = "there is no engine '" + name + "': choose";
    for (const std::string& known : engine_names) message += " " + known;
    throw std::invalid_argument(message);
}

Run make_run(const Settings& settings, const DatasetOptions& data, const EngineChoice& engine) {
    return Run(engine_kind(engine), settings, data);
}

Run make_run(const Checkpoint& checkpoint, const EngineChoice& engine) {
    return {engine_kind(engine), checkpoint};
}

}  // namespace microgpt
