// Recipes: where a run's randomness comes from, and what the reference program does with it.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "microgpt/data/tokenizer.hpp"
#include "microgpt/engines/engine.hpp"

namespace microgpt {

/// Everything in which the two reference programs differ. Draws happen in the order of the calls:
/// documents(), then a weight() for each parameter, then a choose() for each sampled token.
class Recipe {
  public:
    virtual ~Recipe() = default;

    /// The documents of a text, in a random order. Views: the text has to outlive them.
    virtual std::vector<std::string_view> documents(std::string_view text,
                                                    std::string_view name) = 0;
    /// How a document is cut into characters.
    virtual Split split() const = 0;
    /// A parameter's first number.
    virtual double weight() = 0;
    /// An index, with chances in proportion to `weights`.
    virtual std::size_t choose(std::span<const double> weights) = 0;
    /// What happens after the optimizer's step number `step`, the first being 0.
    virtual void after_step(Index step, Engine& engine);

    /// Where the draws have got to.
    virtual std::vector<std::uint64_t> state() const = 0;
    /// Goes on from there. Throws std::invalid_argument for what is no such state.
    virtual void restore(const std::vector<std::uint64_t>& state) = 0;
};

/// "python", the run of microgpt.py, or "elixir", the run in the README of MicroGPT for Elixir.
/// Throws std::invalid_argument for another name.
std::unique_ptr<Recipe> make_recipe(std::string_view name, std::uint64_t seed);

}  // namespace microgpt
