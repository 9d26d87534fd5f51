// The generator, its seeding by splitmix64, and the Ziggurat for normal numbers.
#include "microgpt/random/erlang_random.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace microgpt {

namespace {

constexpr std::uint64_t mask58 = (std::uint64_t{1} << 58) - 1;

/// Steele, Lea and Flood's splitmix64, skipping results whose low 58 bits are zero.
std::uint64_t seed58(std::uint64_t& x) {
    std::uint64_t z;
    do {
        x += 0x9e3779b97f4a7c15;
        z = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        z = (z ^ (z >> 31)) & mask58;
    } while (z == 0);
    return z;
}

std::uint64_t rotate_left58(std::uint64_t x, int bits) {
    return ((x << bits) & mask58) | (x >> (58 - bits));
}

/// The half bell, cut into 256 layers of one area, the widest at the bottom (Marsaglia and Tsang
/// 2000). A point of a layer is under the curve at once if its 51 random bits are below k.
struct Layer {
    std::uint64_t k;
    double w;  // what one random bit is worth: the layer's width over 2^51
    double f;  // the curve's height at that width
};

constexpr std::array<Layer, 256> ziggurat = {{
#include "microgpt/random/erlang_ziggurat.inc"
}};

constexpr double tail_start = 3.6541528853610087963519472518;

}  // namespace

ErlangRandom::ErlangRandom(std::uint64_t seed) {
    std::uint64_t x = seed;
    seed58(x);
    x ^= seed;
    head_ = seed58(x);
    x ^= seed;
    tail_ = seed58(x);
}

void ErlangRandom::restore(const std::vector<std::uint64_t>& state) {
    if (state.size() != 2 || (state[0] | state[1]) > mask58 || (state[0] | state[1]) == 0) {
        throw std::invalid_argument("not a state of this random generator");
    }
    head_ = state[0];
    tail_ = state[1];
}

std::uint64_t ErlangRandom::next() {
    const std::uint64_t output = (rotate_left58(tail_ * 5 & mask58, 7) * 9) & mask58;
    const std::uint64_t b = head_ ^ ((head_ << 24) & mask58);
    head_ = std::exchange(tail_, b ^ tail_ ^ (b >> 11) ^ (tail_ >> 41));
    return output;
}

double ErlangRandom::uniform() { return static_cast<double>(next() >> 5) * 0x1p-53; }

double ErlangRandom::normal() {
    while (true) {
        const std::uint64_t draw = next();
        const double sign = (draw & 64) != 0 ? -1 : 1;
        const std::uint64_t bits = draw >> 7;
        const std::size_t layer = bits & 255;
        const double x = static_cast<double>(bits) * ziggurat[layer].w;
        if (bits < ziggurat[layer].k) return sign * x;
        if (layer == 0) return sign * normal_tail();
        const double low = ziggurat[layer].f;
        const double high = ziggurat[layer - 1].f;
        if ((high - low) * uniform() + low < std::exp(-0.5 * x * x)) return sign * x;
    }
}

/// Beyond the widest layer, where the curve never ends (Marsaglia 1964).
double ErlangRandom::normal_tail() {
    while (true) {
        const double x = -std::log(uniform()) / tail_start;
        const double y = -std::log(uniform());
        if (y + y > x * x) return tail_start + x;
    }
}

}  // namespace microgpt
