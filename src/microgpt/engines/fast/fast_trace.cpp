// The fast engine's trace: one piece of memory, cut up anew for each step.
#include "microgpt/engines/fast/fast_trace.hpp"

#include <algorithm>
#include <utility>

namespace microgpt {

using simd::padded;

template <class T>
FastTrace<T>::FastTrace(const PanelSizes& sizes, std::size_t n_layer)
    : FastTrace(sizes, n_layer, 0) {}

template <class T>
FastTrace<T>::FastTrace(const PanelSizes& sizes, std::size_t n_layer, std::size_t threads)
    : blocks(n_layer), scratch(threads), sizes_(sizes), numbers_(0) {}

template <class T>
double FastTrace<T>::size(const PanelSizes& sizes, std::size_t n_layer, double positions,
                          std::size_t longest, std::size_t threads) {
    const auto [lanes, vocab, n_embd, features, head_dim, head_width, heads] = sizes;
    const auto layers = static_cast<double>(n_layer);
    const std::size_t weights = sizes.weights_of_query(longest);
    double columns = static_cast<double>(2 * n_embd + vocab) +
                     layers * static_cast<double>(4 * n_embd + 4 * heads + features + weights);
    double scales = 1 + 2 * layers;
    if (threads > 0) {
        columns += static_cast<double>(2 * n_embd + heads) +
                   layers * static_cast<double>(2 * n_embd + 3 * heads + features);
        scales += 1;
    }
    return positions * columns + scales * (positions + static_cast<double>(lanes)) +
           static_cast<double>(threads * longest * lanes);
}

template <class T>
void FastTrace<T>::lay_out(std::size_t positions, std::size_t longest) {
    const std::size_t threads = scratch.size();
    const double exactly =
        FastTrace::size(sizes_, blocks.size(), static_cast<double>(positions), longest, threads);
    const auto size = static_cast<std::size_t>(exactly);
    if (size > numbers_.size()) {
        numbers_ = Buffer<T>(0);  // not both at a time
        numbers_ = Buffer<T>(size);
    }
    stride = positions * sizes_.lanes;
    weights_stride = sizes_.weights_of_query(longest);

    T* next = numbers_.data();
    const auto take = [&](std::size_t count) { return std::exchange(next, next + count); };
    const auto columns = [&](std::size_t count) { return take(positions * count); };
    const auto scales = [&] { return take(padded(positions, sizes_.lanes)); };
    for (BlockTrace<T>& block : blocks) {
        block.normed = columns(sizes_.n_embd);
        block.qkv = columns(3 * sizes_.heads);
        block.found = columns(sizes_.heads);
        block.middle_normed = columns(sizes_.n_embd);
        block.features = columns(sizes_.features);
    }
    last = columns(sizes_.n_embd);
    inputs = {numbers_.data(), next};
    logits = columns(sizes_.vocab);
    if (threads > 0) {
        for (BlockTrace<T>& block : blocks) {
            block.dqkv = columns(3 * sizes_.heads);
            block.dmiddle = columns(sizes_.n_embd);
            block.dfeatures = columns(sizes_.features);
            block.dnext = columns(sizes_.n_embd);
        }
        dembedded = columns(sizes_.n_embd);
        slopes = {logits, next};
        dnormed = columns(sizes_.n_embd);
        dfound = columns(sizes_.heads);
        losses = scales();
        for (T*& thread : scratch) thread = take(longest * sizes_.lanes);
    }
    for (BlockTrace<T>& block : blocks) {
        block.x = columns(sizes_.n_embd);
        block.scale = scales();
        block.weights = columns(weights_stride);
        block.middle = columns(sizes_.n_embd);
        block.middle_scale = scales();
    }
    embedded = columns(sizes_.n_embd);
    scale = scales();
}

template <class T>
void FastTrace<T>::require_scales(std::size_t positions) const {
    const auto require = [=](const T* scales) {
        if (*std::min_element(scales, scales + positions) > 0) return;
        throw NumberError("rmsnorm: of numbers too large");
    };
    require(scale);
    for (const BlockTrace<T>& block : blocks) {
        require(block.scale);
        require(block.middle_scale);
    }
}

template class FastTrace<float>;
template class FastTrace<double>;

}  // namespace microgpt
