// The first layer's beginnings: what a reader need not compute again.
#pragma once

#include "microgpt/engines/fast/fast_pass.hpp"

namespace microgpt {

/// What a model makes of a token at a position before it looks back: the stream, and the first
/// block's query, key and value. They depend on nothing else, so they can be computed once and
/// kept. That pays for who reads more tokens than can be kept, and while all that can be take no
/// more room than a processor has close at hand.
template <class T>
class FirstLayer {
  public:
    explicit FirstLayer(const FastWeights<T>& weights);

    /// Puts them into the first rows of a trace: of tokens[i] at positions[i] into row i.
    void begin(const FastTrace<T>& trace, std::span<const Index> tokens,
               std::span<const std::size_t> positions);

  private:
    static constexpr std::size_t most_bytes = 1 << 19;

    void compute(const FastTrace<T>& trace, std::size_t first, std::span<const Index> tokens,
                 std::span<const std::size_t> positions) const;
    void compute_or_recall(const FastTrace<T>& trace, std::size_t row, const Index& token,
                           const std::size_t& position);
    template <class Take>
    void each_part(const FastTrace<T>& trace, std::size_t row, Take take) const;

    const FastWeights<T>& weights_;
    std::size_t size_;      // of what is kept of a token at a position
    std::size_t all_;       // of these
    std::size_t read_ = 0;  // tokens, until they are kept
    std::vector<bool> is_kept_;
    Buffer<T> kept_;
};

}  // namespace microgpt
