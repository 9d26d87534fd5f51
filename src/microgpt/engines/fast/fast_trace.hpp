// The fast engine's trace: what the model computed at each position, kept for the way back.
#pragma once

#include <span>

#include "microgpt/engines/fast/fast_weights.hpp"

namespace microgpt {

/// What a block computed: matrices in panels, with a row for each position, and scales, a number
/// for each; and slopes, whose names begin with d.
template <class T>
struct BlockTrace {
    T *x = nullptr, *scale = nullptr, *normed = nullptr;                     // n_embd columns
    T* qkv = nullptr;                                                        // 3 · heads
    T *attention_weights = nullptr, *attention = nullptr;                    // the output: heads
    T *middle = nullptr, *middle_scale = nullptr, *middle_normed = nullptr;  // n_embd
    T* features = nullptr;                                                   // 4 n_embd
    T *dqkv = nullptr, *dmiddle = nullptr, *dfeatures = nullptr, *doutput = nullptr;
};

/// Room for what is computed at some positions: forward alone, or also on the way back, which
/// `threads` may go at a time.
template <class T>
class FastTrace {
  public:
    FastTrace(const PanelSizes& sizes, std::size_t n_layer, std::size_t threads = 0)
        : blocks(n_layer), sizes_(sizes), threads_(threads), numbers_(0) {}

    /// Makes room for so many positions, of documents of `longest` positions at the most. What was
    /// there before is gone.
    void lay_out(std::size_t positions, std::size_t longest);

    /// How many bytes it takes.
    std::size_t bytes() const { return numbers_.size() * sizeof(T); }

    /// Whether no rmsnorm of these positions met squares too large for T: its scale is 0 then.
    bool has_scales(std::size_t positions) const;
    /// Throws NumberError where one did.
    void require_scales(std::size_t positions) const {
        if (!has_scales(positions)) throw NumberError("rmsnorm: of numbers too large");
    }

    /// How many numbers that takes, as a double, so that too many do not wrap around.
    static double size(const PanelSizes& sizes, std::size_t n_layer, double positions,
                       std::size_t longest, std::size_t threads);

    /// All that is read by matrices that learn, and by attention,
    std::span<const T> inputs() const { return {blocks.front().normed, logits}; }
    /// and all slopes along their outputs.
    std::span<const T> slopes() const { return {logits, dnormed}; }
    /// A thread's own: lanes · longest.
    T* scratch(std::size_t thread) const { return scratch_ + thread * scratch_stride_; }

    std::size_t stride = 0;                    // from a panel to the next
    std::size_t attention_weights_stride = 0;  // from a query's weights to the next query's
    std::vector<BlockTrace<T>> blocks;
    T *embedded = nullptr, *scale = nullptr, *last = nullptr;
    T* logits = nullptr;  // turn into slopes
    T *dembedded = nullptr, *dnormed = nullptr, *dattention = nullptr, *losses = nullptr;

  private:
    template <class Count, class Take>
    void each_array(Count positions, std::size_t longest, Take take);

    PanelSizes sizes_;
    std::size_t threads_;
    std::size_t scratch_stride_ = 0;
    T* scratch_ = nullptr;
    Buffer<T> numbers_;
};

}  // namespace microgpt
