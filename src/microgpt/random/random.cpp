// Random: how CPython seeds the Mersenne Twister, and what it makes of its numbers.
#include "microgpt/random/random.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>
#include <numeric>
#include <stdexcept>

namespace microgpt {

namespace {

std::uint32_t fold(std::uint32_t x) { return x ^ (x >> 30); }

}  // namespace

/// How CPython turns a seed into the generator's words (Matsumoto's init_by_array).
Random::Random(std::uint64_t seed) {
    std::vector<std::uint32_t> key = {static_cast<std::uint32_t>(seed)};  // least significant first
    if (seed >> 32 != 0) key.push_back(static_cast<std::uint32_t>(seed >> 32));
    words_[0] = 19650218;
    for (std::uint32_t i = 1; i < size; ++i) words_[i] = 1812433253 * fold(words_[i - 1]) + i;

    std::uint32_t i = 1;
    const auto stir = [&](std::uint32_t factor, std::uint32_t addend) {
        words_[i] = (words_[i] ^ (fold(words_[i - 1]) * factor)) + addend;
        if (++i == size) {
            words_[0] = words_[size - 1];
            i = 1;
        }
    };
    for (std::uint32_t k = 0; k < size; ++k) {
        const std::uint32_t j = k % key.size();
        stir(1664525, key[j] + j);
    }
    for (std::uint32_t k = 1; k < size; ++k) stir(1566083941, -i);
    words_[0] = 0x80000000;
}

/// The oldest word makes way for a new one, of its highest bit, the rest of the next word, and a
/// word further on. What is put out is the new one, with its bits mixed.
std::uint32_t Random::draw() {
    const auto after = [this](std::size_t i) { return (oldest_ + i) % size; };
    std::uint32_t& word = words_[oldest_];
    const std::uint32_t twisted = (word & 0x80000000) | (words_[after(1)] & 0x7fffffff);
    word = words_[after(397)] ^ (twisted >> 1) ^ (twisted % 2 * 0x9908b0df);
    oldest_ = after(1);
    std::uint32_t mixed = word ^ (word >> 11);
    mixed ^= (mixed << 7) & 0x9d2c5680;
    mixed ^= (mixed << 15) & 0xefc60000;
    return mixed ^ (mixed >> 18);
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
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    if (!(total > 0 && std::isfinite(total))) {
        throw std::invalid_argument("choices: the weights do not add up to a number above 0");
    }
    const double r = random() * total;
    std::size_t i = 0;
    for (double sum = weights[0]; sum <= r && i + 1 < weights.size(); sum += weights[++i]) {
    }
    return i;
}

std::vector<std::uint64_t> Random::state() const {
    std::vector<std::uint64_t> state(words_.begin(), words_.end());
    std::rotate(state.begin(), state.begin() + static_cast<std::ptrdiff_t>(oldest_), state.end());
    if (spare_) state.push_back(std::bit_cast<std::uint64_t>(*spare_));
    return state;
}

// A seed and a number of draws take no room, but then all draws have to be made again: a thousand
// million take some seconds.
void Random::restore(const std::vector<std::uint64_t>& state) {
    const auto require = [](bool fits) {
        if (!fits) throw std::invalid_argument("not a state of this random generator");
    };
    const bool is_draws = state.size() < size;
    const std::size_t count = is_draws ? 2 : size;
    const bool has_spare = state.size() == count + 1;
    require(state.size() == count || has_spare);
    const double spare = has_spare ? std::bit_cast<double>(state.back()) : 0;
    require(spare == 0 || (std::abs(spare) > 1e-30 && std::abs(spare) < 10));  // as are all draws
    if (is_draws) {
        require(state[1] <= 1'000'000'000);
        *this = Random(state[0]);
        for (std::uint64_t i = 0; i < state[1]; ++i) draw();
    } else {
        const auto words = std::span(state).first(size);
        require(std::ranges::max(words) <= 0xffffffff && std::ranges::max(words.subspan(1)) > 0);
        std::ranges::transform(words, words_.begin(),
                               [](std::uint64_t word) { return static_cast<std::uint32_t>(word); });
        oldest_ = 0;
    }
    spare_ = has_spare ? std::optional(spare) : std::nullopt;
}

}  // namespace microgpt
