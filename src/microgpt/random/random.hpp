// Random: Python's `import random`, draw for draw.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace microgpt {

/// CPython's generator and the four of its methods that microgpt.py uses. The C++ standard fixes
/// std::mt19937 to the last bit, but none of its distributions and not std::shuffle: two standard
/// libraries would train two different models. So what is drawn from the generator stands here; and
/// the generator does, as the standard's keeps its words to itself.
class Random {
  public:
    /// How many words it remembers.
    static constexpr std::size_t size = 624;

    /// As random.seed(seed).
    explicit Random(std::uint64_t seed);

    /// A number in [0, 1), a multiple of 2^-53.
    double random();
    /// A number from the normal distribution with mean `mu` and standard deviation `sigma`.
    double gauss(double mu, double sigma);
    /// An index, drawn with chances in proportion to `weights`. Throws std::invalid_argument unless
    /// they add up to a finite number above 0.
    std::size_t choices(std::span<const double> weights);

    /// Where the draws have got to: its words, the oldest first, and the bits of the number that
    /// gauss() has to spare, if it has one.
    std::vector<std::uint64_t> state() const;
    /// Goes on from there; or, as states were once written, from a seed, a number of draws, and
    /// those bits. Throws std::invalid_argument for what is no such state.
    void restore(const std::vector<std::uint64_t>& state);

    /// Brings `items` into a random order.
    template <class T>
    void shuffle(std::vector<T>& items) {
        for (std::size_t i = items.size(); i-- > 1;) std::swap(items[i], items[below(i + 1)]);
    }

  private:
    std::uint32_t draw();
    std::uint32_t below(std::size_t n);

    std::array<std::uint32_t, size> words_{};
    std::size_t oldest_ = 0;
    std::optional<double> spare_;  // gauss() makes two numbers at a time
};

}  // namespace microgpt
