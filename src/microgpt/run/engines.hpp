// Engines, by name: the ladder of chapter 8, from the bottom up.
#pragma once

#include <string>

#include "microgpt/run/run.hpp"

namespace microgpt {

/// The names of all engines, each faster than the one before.
inline const std::vector<std::string> engine_names = {"graph", "value", "tape", "flat", "fast"};

/// What an engine is asked for by. Single precision and more than one thread are for "fast" alone.
struct EngineChoice {
    std::string name = "fast";
    std::string dtype = "f64";  // or "f32"
    std::size_t threads = 1;
};

/// The kind of that choice. Throws std::invalid_argument for another name, or for what that kind
/// does not have.
EngineKind engine_kind(const EngineChoice& choice = {});

/// A run on that engine. Throws as engine_kind() and Run.
Run make_run(const Settings& settings = {}, const DatasetOptions& data = {},
             const EngineChoice& engine = {}, const VocabularyKind& tokens = characters());
/// The same from a checkpoint.
Run make_run(const Checkpoint& checkpoint, const EngineChoice& engine = {},
             const VocabularyKind& tokens = characters());

}  // namespace microgpt
