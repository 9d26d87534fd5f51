// Recipes: everything in which the two reference programs differ.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "microgpt/data/text.hpp"
#include "microgpt/model/gpt.hpp"
#include "microgpt/random/draws.hpp"

namespace microgpt {

/// The parts that a run is put together from. Its draws go first to the order of the documents,
/// then to a weight for each parameter, then to every token that is sampled.
struct Recipe {
    std::string_view name;
    /// How a text is cut into documents, and a document into characters.
    std::vector<std::string_view> (*documents)(std::string_view text, std::string_view name);
    Split split;
    /// Where chance comes from.
    std::unique_ptr<Draws> (*draws)(std::uint64_t seed);
    /// The standard deviation of the first weights.
    double sigma;
    /// Which order the parameters are brought into after the first step, if they are.
    std::vector<Index> (*order)(const GptConfig& config);
};

/// "python", the run of microgpt.py, or "elixir", the run in the README of MicroGPT for Elixir.
/// Throws std::invalid_argument for another name.
const Recipe& recipe_of(std::string_view name);

}  // namespace microgpt
