// Engines: which name is which class.
#include "microgpt/run/engines.hpp"

#include <stdexcept>

#include "microgpt/engines/fast/fast_engine.hpp"
#include "microgpt/engines/flat/flat_engine.hpp"
#include "microgpt/engines/graph/graph_engine.hpp"
#include "microgpt/engines/tape/tape_engine.hpp"
#include "microgpt/engines/value_engine.hpp"

namespace microgpt {

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
    if (name == "tape") return tape_kind();
    if (name == "flat") return flat_kind();
    std::string message = "there is no engine '" + name + "': choose";
    for (const std::string& known : engine_names) message += " " + known;
    throw std::invalid_argument(message);
}

Run make_run(const Settings& settings, const DatasetOptions& data, const EngineChoice& engine,
             const VocabularyKind& tokens) {
    return Run(engine_kind(engine), settings, data, tokens);
}

Run make_run(const Checkpoint& checkpoint, const EngineChoice& engine,
             const VocabularyKind& tokens) {
    return {engine_kind(engine), checkpoint, tokens};
}

}  // namespace microgpt
