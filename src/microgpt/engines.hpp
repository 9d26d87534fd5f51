// Engines, by name: the ladder of chapter 8, from the bottom up.
#pragma once

#include <string>

#include "microgpt/engine.hpp"

namespace microgpt {

/// The names of all engines, each faster than the one before.
inline const std::vector<std::string> engine_names = {"graph", "value", "tape", "flat"};

/// What an engine is asked for by.
struct EngineChoice {
    std::string name = "flat";
};

/// The kind of that choice. Throws std::invalid_argument for another name, or for what that kind
/// does not have.
EngineKind engine_kind(const EngineChoice& choice);

}  // namespace microgpt
