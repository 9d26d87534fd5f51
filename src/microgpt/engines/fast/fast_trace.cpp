// The fast engine's trace: one piece of memory, cut up anew for each step.
#include "microgpt/engines/fast/fast_trace.hpp"

#include <algorithm>
#include <utility>

namespace microgpt {

/// Calls take(array, count) for every array, in the order in which they stand: so how much room
/// they need and where each begins come of the same list. inputs() and slopes() are parts of it.
template <class T>
template <class Count, class Take>
void FastTrace<T>::each_array(Count positions, std::size_t longest, Take take) {
    const auto matrix = [&](T*& array, std::size_t columns) {
        take(array, positions * static_cast<Count>(columns));
    };
    const auto scales = [&](T*& array) {
        take(array, positions + static_cast<Count>(sizes_.lanes));
    };
    for (BlockTrace<T>& block : blocks) {
        matrix(block.normed, sizes_.n_embd);
        matrix(block.qkv, 3 * sizes_.heads);
        matrix(block.attention, sizes_.heads);
        matrix(block.middle_normed, sizes_.n_embd);
        matrix(block.features, sizes_.features);
    }
    matrix(last, sizes_.n_embd);
    matrix(logits, sizes_.vocab);
    if (threads_ > 0) {
        for (BlockTrace<T>& block : blocks) {
            matrix(block.dqkv, 3 * sizes_.heads);
            matrix(block.dmiddle, sizes_.n_embd);
            matrix(block.dfeatures, sizes_.features);
            matrix(block.doutput, sizes_.n_embd);
        }
        matrix(dembedded, sizes_.n_embd);
        matrix(dnormed, sizes_.n_embd);
        matrix(dattention, sizes_.heads);
        scales(losses);
        take(scratch_, static_cast<Count>(threads_ * longest * sizes_.lanes));
    }
    for (BlockTrace<T>& block : blocks) {
        matrix(block.x, sizes_.n_embd);
        scales(block.scale);
        matrix(block.attention_weights, sizes_.weights_of_query(longest));
        matrix(block.middle, sizes_.n_embd);
        scales(block.middle_scale);
    }
    matrix(embedded, sizes_.n_embd);
    scales(scale);
}

/// Every block but the first takes what the second one adds.
template <class T>
double FastTrace<T>::size(const PanelSizes& sizes, std::size_t n_layer, double positions,
                          std::size_t longest, std::size_t threads) {
    const auto size_with = [&](std::size_t layers) {
        double size = 0;
        FastTrace(sizes, layers, threads).each_array(positions, longest, [&](T*&, double count) {
            size += count;
        });
        return size;
    };
    return size_with(1) + (static_cast<double>(n_layer) - 1) * (size_with(2) - size_with(1));
}

/// Each array begins where a vector may.
template <class T>
void FastTrace<T>::lay_out(std::size_t positions, std::size_t longest) {
    std::size_t size = 0;
    each_array(positions, longest, [&](T*&, std::size_t count) { size += count; });
    if (size > numbers_.size()) {
        numbers_ = Buffer<T>(0);  // not both at a time
        numbers_ = Buffer<T>(size);
    }
    stride = positions * sizes_.lanes;
    attention_weights_stride = sizes_.weights_of_query(longest);
    scratch_stride_ = longest * sizes_.lanes;
    each_array(positions, longest,
               [&, next = numbers_.data()](T*& array, std::size_t count) mutable {
                   array = std::exchange(next, next + count / sizes_.lanes * sizes_.lanes);
               });
}

template <class T>
bool FastTrace<T>::has_scales(std::size_t positions) const {
    const auto all_above_0 = [=](const T* scales) {
        return std::all_of(scales, scales + positions, [](T one) { return one > 0; });
    };
    return all_above_0(scale) && std::ranges::all_of(blocks, [&](const BlockTrace<T>& block) {
               return all_above_0(block.scale) && all_above_0(block.middle_scale);
           });
}

template class FastTrace<float>;
template class FastTrace<double>;

}  // namespace microgpt
