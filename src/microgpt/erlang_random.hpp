// ErlangRandom: Erlang's `rand` with the algorithm exsss, draw for draw.
#pragma once

#include <cstdint>

namespace microgpt {

/// Vigna's Xorshift116**, on words of 58 bits: the largest integers for which an Erlang machine
/// needs no memory beside the word itself.
class ErlangRandom {
  public:
    /// As rand:seed(exsss, {seed, seed, seed}).
    explicit ErlangRandom(std::uint64_t seed);

    /// A number in [0, 1), a multiple of 2^-53.
    double uniform();
    /// A number from the normal distribution with mean 0 and standard deviation 1.
    double normal();

    /// The two words of state, head and tail.
    std::uint64_t head() const { return head_; }
    std::uint64_t tail() const { return tail_; }

  private:
    std::uint64_t next();
    double normal_tail();

    std::uint64_t head_;
    std::uint64_t tail_;
};

}  // namespace microgpt
