// Engines, by name: the ladder of chapter 8, from the bottom up.
#pragma once

#include <string>

#include "microgpt/engine.hpp"

namespace microgpt {

/// The names of all engines, each faster than the one before.
inline const std::vector<std::string> engine_names = {"graph", "value", "tape", "flat"};

/// The engine of that name, with a model of these sizes. Throws std::invalid_argument for another
/// name, or sizes that make no model.
std::unique_ptr<Engine> make_engine(const std::string& name, const GptConfig& config,
                                    const Draw& draw, double learning_rate);

}  // namespace microgpt
