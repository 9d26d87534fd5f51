// The fast engine's pass: the model, kernel by kernel.
#include "microgpt/engines/fast/fast_pass.hpp"

#include <cmath>

namespace microgpt {

using simd::Finish;

// ---- The kernels, for these rows

/// y = x B, where B has `depth` rows and `columns` columns, in panels.
template <class T>
void FastPass<T>::multiply_by(const T* b, std::size_t depth, std::size_t columns, T* x, T* y,
                              Finish finish, T* other) const {
    const std::size_t lanes = weights_.sizes.lanes;
    weights_.kernels.multiply({.rows = rows_,
                               .depth = depth,
                               .panels = columns / lanes,
                               .a = at(x),
                               .b = b,
                               .c = at(y),
                               .a_stride = trace_.stride,
                               .b_stride = depth * lanes,
                               .c_stride = trace_.stride,
                               .finish = finish,
                               .other = other == nullptr ? nullptr : at(other)});
}

/// y = x Wᵀ: each row of y is W times the row of x.
template <class T>
void FastPass<T>::multiply(const PanelMatrix& w, T* x, T* y, Finish finish, T* other) const {
    multiply_by(weights_.transposed.data() + w.begin, w.columns, w.rows, x, y, finish, other);
}

/// dx = dy W.
template <class T>
void FastPass<T>::multiply_back(const PanelMatrix& w, T* dy, T* dx, Finish finish, T* other) const {
    multiply_by(weights_.w.data() + w.begin, w.rows, w.columns, dy, dx, finish, other);
}

template <class T>
void FastPass<T>::normalise(T* x, T* scale, T* y) const {
    weights_.kernels.rmsnorm({.rows = rows_,
                              .n_embd = weights_.config.n_embd,
                              .stride = trace_.stride,
                              .x = at(x),
                              .scale = scale + first_,
                              .y = at(y)});
}

template <class T>
void FastPass<T>::normalise_back(T* x, T* scale, T* dy, T* plus, T* dx) const {
    weights_.kernels.rmsnorm_backward({.rows = rows_,
                                       .n_embd = weights_.config.n_embd,
                                       .stride = trace_.stride,
                                       .x = at(x),
                                       .scale = scale + first_,
                                       .dy = at(dy),
                                       .plus = plus == nullptr ? nullptr : at(plus),
                                       .dx = at(dx)});
}

template <class T>
simd::Look<T> FastPass<T>::look(std::size_t block, std::size_t row, std::size_t queries,
                                std::size_t keys) const {
    const BlockTrace<T>& trace = trace_.blocks[block];
    const PanelSizes& sizes = weights_.sizes;
    return {.queries = queries,
            .keys = keys,
            .panels = sizes.heads / sizes.lanes,
            .head_width = sizes.head_width,
            .scale = static_cast<T>(1 / std::sqrt(static_cast<double>(sizes.head_dim))),
            .q = trace.qkv + row * sizes.lanes,
            .q_stride = trace_.stride,
            .weights = trace.weights + row * trace_.weights_stride,
            .weights_stride = trace_.weights_stride,
            .found = trace.found + row * sizes.lanes,
            .found_stride = trace_.stride};
}

// ---- The model

template <class T>
void FastPass<T>::embed(std::size_t row, std::span<const Index> tokens,
                        std::size_t first_position) const {
    const std::size_t lanes = weights_.sizes.lanes;
    weights_.kernels.embed({.tokens = tokens,
                            .vocab_size = weights_.config.vocab_size,
                            .first_position = first_position,
                            .first = 0,
                            .last = weights_.sizes.n_embd / lanes,
                            .table = weights_.w.data() + weights_.table.begin,
                            .table_stride = weights_.table.rows * lanes,
                            .x = trace_.embedded + row * lanes,
                            .stride = trace_.stride});
}

template <class T>
void FastPass<T>::forward(const Attend& attend) const {
    normalise(trace_.embedded, trace_.scale, trace_.blocks.front().x);
    for (std::size_t i = 0; i < trace_.blocks.size(); ++i) {
        const PanelBlock& w = weights_.blocks[i];
        const BlockTrace<T>& block = trace_.blocks[i];
        T* next = i + 1 < trace_.blocks.size() ? trace_.blocks[i + 1].x : trace_.last;
        normalise(block.x, block.scale, block.normed);
        multiply(w.qkv, block.normed, block.qkv);
        attend(i);
        multiply(w.wo, block.found, block.middle, Finish::add, block.x);
        normalise(block.middle, block.middle_scale, block.middle_normed);
        multiply(w.fc1, block.middle_normed, block.features, Finish::relu);
        multiply(w.fc2, block.features, next, Finish::add, block.middle);
    }
    multiply(weights_.head, trace_.last, trace_.logits);
}

/// The same, last first. A block's `dnext` is the slope along its result.
template <class T>
void FastPass<T>::backward(const Attend& attend_backward) const {
    multiply_back(weights_.head, trace_.logits, trace_.blocks.back().dnext);
    for (std::size_t i = trace_.blocks.size(); i-- > 0;) {
        const PanelBlock& w = weights_.blocks[i];
        const BlockTrace<T>& block = trace_.blocks[i];
        T* dx = i > 0 ? trace_.blocks[i - 1].dnext : trace_.dembedded;
        multiply_back(w.fc2, block.dnext, block.dfeatures, Finish::gate, block.features);
        multiply_back(w.fc1, block.dfeatures, trace_.dnormed);
        normalise_back(block.middle, block.middle_scale, trace_.dnormed, block.dnext,
                       block.dmiddle);
        multiply_back(w.wo, block.dmiddle, trace_.dfound);
        attend_backward(i);
        multiply_back(w.qkv, block.dqkv, trace_.dnormed);
        normalise_back(block.x, block.scale, trace_.dnormed, block.dmiddle, dx);
    }
    normalise_back(trace_.embedded, trace_.scale, trace_.dembedded, nullptr, trace_.dembedded);
}

template class FastPass<float>;
template class FastPass<double>;

}  // namespace microgpt
