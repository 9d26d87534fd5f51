// ErlangRandom: Erlang's `rand` with the algorithm exsss, draw for draw.
#pragma once

#include <cstdint>
#include <vector>

namespace microgpt {

/// Xorshift116**: Vigna's Xorshift116 with the ** scrambler of Blackman and Vigna. Its words have
/// 58 bits: an Erlang machine needs no memory beside a word for 59, and one is left for a carry.
class ErlangRandom {
  public:
    /// As rand:seed(exsss, {seed, seed, seed}).
    explicit ErlangRandom(std::uint64_t seed);

    /// A number in [0, 1), a multiple of 2^-53.
    double uniform();
    /// A number from the normal distribution with mean 0 and standard deviation 1.
    double normal();

    /// Where the draws have got to: two words, head and tail.
    std::vector<std::uint64_t> state() const { return {head_, tail_}; }
    /// Goes on from there. Throws std::invalid_argument for what is no such state.
    void restore(const std::vector<std::uint64_t>& state);

  private:
    std::uint64_t next();
    double normal_tail();

    std::uint64_t head_;
    std::uint64_t tail_;
};

}  // namespace microgpt
