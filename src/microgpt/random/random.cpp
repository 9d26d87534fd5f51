// Random: how CPython seeds the Mersenne Twister, and what it makes of its numbers.
#include "microgpt/random/random.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numbers>
#include <numeric>
#include <stdexcept>

namespace microgpt {

namespace {

/// How CPython turns a seed into the generator's 624 words (Matsumoto's init_by_array).
class PythonSeed {
  public:
    using result_type = std::uint32_t;

    explicit PythonSeed(std::uint64_t seed) : key_{static_cast<std::uint32_t>(seed)} {
        if (seed >> 32 != 0) key_.push_back(static_cast<std::uint32_t>(seed >> 32));
    }

    /// What std::mt19937 calls for its state.
    template <class Iterator>
    void generate(Iterator begin, Iterator) {
        constexpr std::uint32_t n = std::mt19937::state_size;
        std::array<std::uint32_t, n> word{19650218};
        for (std::uint32_t i = 1; i < n; ++i) word[i] = 1812433253 * fold(word[i - 1]) + i;

        std::uint32_t i = 1;
        const auto stir = [&](std::uint32_t factor, std::uint32_t addend) {
            word[i] = (word[i] ^ (fold(word[i - 1]) * factor)) + addend;
            if (++i == n) {
                word[0] = word[n - 1];
                i = 1;
            }
        };
        for (std::uint32_t k = 0; k < n; ++k) {
            const std::uint32_t j = k % key_.size();
            stir(1664525, key_[j] + j);
        }
        for (std::uint32_t k = 1; k < n; ++k) stir(1566083941, -i);
        word[0] = 0x80000000;
        std::ranges::copy(word, begin);
    }

  private:
    static std::uint32_t fold(std::uint32_t x) { return x ^ (x >> 30); }

    std::vector<std::uint32_t> key_;  // least significant word first
};

}  // namespace

Random::Random(std::uint64_t seed) : seed_(seed) {
    PythonSeed words(seed);
    generator_.seed(words);
}

std::uint32_t Random::draw() {
    ++draws_;
    return static_cast<std::uint32_t>(generator_());
}

double Random::random() {
    const std::uint32_t high = draw() >> 5;
    const std::uint32_t low = draw() >> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;  // 2^26 and 2^53
}

std::uint32_t Random::below(std::size_t n) {
    const int unwanted_bits = 32 - std::bit_width(static_cast<std::uint32_t>(n));
    std::uint32_t number;
    do {
        number = draw() >> unwanted_bits;
    } while (number >= n);
    return number;
}

double Random::gauss(double mu, double sigma) {
    double z;
    if (spare_) {
        z = *spare_;
        spare_.reset();
    } else {  // Box and Muller: a random angle and a random radius are two normal numbers
        const double angle = random() * 2 * std::numbers::pi;
        const double radius = std::sqrt(-2 * std::log(1 - random()));
        z = std::cos(angle) * radius;
        spare_ = std::sin(angle) * radius;
    }
    return mu + z * sigma;
}

std::size_t Random::choices(std::span<const double> weights) {
    const double r =
        random() * std::accumulate(weights.begin() + 1, weights.end(), weights.front());
    std::size_t i = 0;
    for (double sum = weights[0]; sum <= r && i + 1 < weights.size(); sum += weights[++i]) {
    }
    return i;
}

// The standard library could write the generator's 624 words, but each has its own way to. The
// number of draws means the same everywhere, and a million of them pass in a few milliseconds.
std::vector<std::uint64_t> Random::state() const {
    std::vector<std::uint64_t> words = {seed_, draws_};
    if (spare_) words.push_back(std::bit_cast<std::uint64_t>(*spare_));
    return words;
}

void Random::restore(const std::vector<std::uint64_t>& state) {
    constexpr std::uint64_t most = 1'000'000'000;  // a few seconds of draws
    const bool spare = state.size() == 3;
    if ((state.size() != 2 && !spare) || state[1] > most ||
        (spare && !std::isfinite(std::bit_cast<double>(state[2])))) {
        throw std::invalid_argument("not a state of this random generator");
    }
    *this = Random(state[0]);
    generator_.discard(state[1]);
    draws_ = state[1];
    if (spare) spare_ = std::bit_cast<double>(state[2]);
}

}  // namespace microgpt
