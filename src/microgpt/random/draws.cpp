// Draws, from either generator.
#include "microgpt/random/draws.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "microgpt/random/erlang_random.hpp"
#include "microgpt/random/random.hpp"

namespace microgpt {

namespace {

// ---- Python's

class PythonDraws final : public Draws {
  public:
    explicit PythonDraws(std::uint64_t seed) : random_(seed) {}

    void shuffle(std::vector<std::string_view>& items) override { random_.shuffle(items); }
    double normal(double sigma) override { return random_.gauss(0, sigma); }
    std::size_t choose(std::span<const double> weights) override {
        return random_.choices(weights);
    }
    std::vector<std::uint64_t> state() const override { return random_.state(); }
    void restore(const std::vector<std::uint64_t>& state) override { random_.restore(state); }

  private:
    Random random_;
};

// ---- Elixir's

class ElixirDraws final : public Draws {
  public:
    explicit ElixirDraws(std::uint64_t seed) : random_(seed) {}

    void shuffle(std::vector<std::string_view>& items) override;
    double normal(double sigma) override { return sigma * random_.normal(); }
    std::size_t choose(std::span<const double> weights) override;
    std::vector<std::uint64_t> state() const override { return random_.state(); }
    void restore(const std::vector<std::uint64_t>& state) override { random_.restore(state); }

  private:
    ErlangRandom random_;
};

/// Enum.shuffle: every item draws a number, and they line up by it.
void ElixirDraws::shuffle(std::vector<std::string_view>& items) {
    using Ranked = std::pair<double, std::string_view>;
    std::vector<Ranked> ranked;
    for (const std::string_view item : items) ranked.emplace_back(random_.uniform(), item);
    std::ranges::stable_sort(ranked, {}, &Ranked::first);
    std::ranges::transform(ranked, items.begin(), &Ranked::second);
}

/// The program's own: along the running sum, until it reaches a random point.
std::size_t ElixirDraws::choose(std::span<const double> weights) {
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    if (!(total > 0 && std::isfinite(total))) {
        throw std::invalid_argument("choose: the weights do not add up to a number above 0");
    }
    const double r = random_.uniform() * total;
    double sum = 0;
    std::size_t i = 0;
    while ((sum += weights[i]) < r && i + 1 < weights.size()) ++i;
    return i;
}

}  // namespace

std::unique_ptr<Draws> python_draws(std::uint64_t seed) {
    return std::make_unique<PythonDraws>(seed);
}

std::unique_ptr<Draws> elixir_draws(std::uint64_t seed) {
    return std::make_unique<ElixirDraws>(seed);
}

std::unique_ptr<Draws> document_draws(std::uint64_t seed, std::uint64_t document) {
    constexpr std::uint64_t far = 0x9E3779B97F4A7C15;  // from one seed's documents to the next's
    return elixir_draws(seed * far + document);
}

}  // namespace microgpt
