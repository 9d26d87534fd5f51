// The fast engine's trace: what the model computed at each position, kept for the way back.
#pragma once

#include <span>

#include "microgpt/engines/fast/fast_weights.hpp"

namespace microgpt {

/// What a block computed: matrices in panels, with a row for each position; a scale is one number.
template <class T>
struct BlockTrace {
    T *x, *scale, *normed;                     // n_embd columns
    T* qkv;                                    // 3 · heads: queries, then keys, then values
    T *weights, *found;                        // of attention; heads
    T *middle, *middle_scale, *middle_normed;  // n_embd
    T* features;                               // 4 n_embd
    T *dqkv, *dmiddle, *dfeatures, *dnext;     // the slopes along qkv, …, and the block's result
};

/// Room for what is computed at some positions: forward alone, or also on the way back, which
/// `threads` may go at a time.
template <class T>
class FastTrace {
  public:
    FastTrace(const PanelSizes& sizes, std::size_t n_layer);
    FastTrace(const PanelSizes& sizes, std::size_t n_layer, std::size_t threads);

    /// Makes room for so many positions, of documents of `longest` positions at the most. What was
    /// there before is gone.
    void lay_out(std::size_t positions, std::size_t longest);

    /// How many bytes it takes.
    std::size_t bytes() const { return numbers_.size() * sizeof(T); }

    /// Throws NumberError where an rmsnorm of these positions met squares too large for T: its
    /// scale is 0 then.
    void require_scales(std::size_t positions) const;

    /// How many numbers that takes, as a double, so that too many do not wrap around. At each
    /// position, with all sizes filled up to whole panels,
    ///     2 n_embd + vocab + n_layer (4 n_embd + 4 heads + features + weights),
    /// where weights are those of a query that sees `longest` keys; on the way back
    ///     2 n_embd + heads + n_layer (2 n_embd + 3 heads + features)
    /// more; some scales; and for each thread lanes · longest.
    static double size(const PanelSizes& sizes, std::size_t n_layer, double positions,
                       std::size_t longest, std::size_t threads);

    std::size_t stride = 0;          // from a panel to the next
    std::size_t weights_stride = 0;  // from a query's weights to the next query's
    std::vector<BlockTrace<T>> blocks;
    T *embedded, *scale, *last, *logits;  // logits turn into slopes
    T *dembedded, *dnormed, *dfound, *losses;
    std::vector<T*> scratch;    // one a thread
    std::span<const T> inputs;  // of all matrices that learn, and of attention,
    std::span<const T> slopes;  // and along their outputs

  private:
    PanelSizes sizes_;
    Buffer<T> numbers_;
};

}  // namespace microgpt
