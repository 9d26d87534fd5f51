// Draws: what a run asks of chance, and how the two reference programs answer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace microgpt {

/// A source of chance. Each call goes on where the one before it stopped.
class Draws {
  public:
    virtual ~Draws() = default;

    /// Brings `items` into a random order.
    virtual void shuffle(std::vector<std::string_view>& items) = 0;
    /// A number from the normal distribution with mean 0 and standard deviation `sigma`.
    virtual double normal(double sigma) = 0;
    /// An index, with chances in proportion to `weights`. Throws std::invalid_argument unless they
    /// add up to a finite number above 0.
    virtual std::size_t choose(std::span<const double> weights) = 0;

    /// Where the draws have got to.
    virtual std::vector<std::uint64_t> state() const = 0;
    /// Goes on from there. Throws std::invalid_argument for what is no such state.
    virtual void restore(const std::vector<std::uint64_t>& state) = 0;
};

/// As microgpt.py draws, by Python's `random`.
std::unique_ptr<Draws> python_draws(std::uint64_t seed);

/// As MicroGPT for Elixir draws, by Erlang's `rand`.
std::unique_ptr<Draws> elixir_draws(std::uint64_t seed);

/// A document's own, whichever recipe: small, for there may be thousands at once.
std::unique_ptr<Draws> document_draws(std::uint64_t seed, std::uint64_t document);

}  // namespace microgpt
