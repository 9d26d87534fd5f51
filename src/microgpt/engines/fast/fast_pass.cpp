// The fast engine's pass: the model, kernel by kernel.
#include "microgpt/engines/fast/fast_pass.hpp"

#include <cmath>

namespace microgpt {

using simd::Epilogue;

// ---- The kernels, for these rows

/// y = x B, where B has `depth` rows and `columns` columns, in panels.
template <class T>
void FastPass<T>::matmul(const T* b, std::size_t depth, std::size_t columns, T* x, T* y,
                         Epilogue epilogue, T* other) const {
    const std::size_t lanes = weights_.sizes().lanes;
    weights_.kernels().matmul({.rows = rows_,
                               .depth = depth,
                               .panels = columns / lanes,
                               .a = at(x),
                               .b = b,
                               .c = at(y),
                               .a_stride = trace_.stride,
                               .b_stride = depth * lanes,
                               .c_stride = trace_.stride,
                               .epilogue = epilogue,
                               .other = other == nullptr ? nullptr : at(other)});
}

/// y = x Wᵀ: each row of y is W times the row of x.
template <class T>
void FastPass<T>::linear(const PanelMatrix& w, T* x, T* y, Epilogue epilogue, T* other) const {
    matmul(weights_.transposed(w), w.columns, w.rows, x, y, epilogue, other);
}

/// dx = dy W.
template <class T>
void FastPass<T>::linear_backward(const PanelMatrix& w, T* dy, T* dx, Epilogue epilogue,
                                  T* other) const {
    matmul(weights_.w(w), w.rows, w.columns, dy, dx, epilogue, other);
}

template <class T>
void FastPass<T>::rmsnorm(T* x, T* scale, T* y) const {
    weights_.kernels().rmsnorm_forward({.rows = rows_,
                                        .n_embd = weights_.config().n_embd,
                                        .stride = trace_.stride,
                                        .x = at(x),
                                        .scale = scale + first_,
                                        .y = at(y)});
}

template <class T>
void FastPass<T>::rmsnorm_backward(T* x, T* scale, T* dy, T* residual, T* dx) const {
    weights_.kernels().rmsnorm_backward({.rows = rows_,
                                         .n_embd = weights_.config().n_embd,
                                         .stride = trace_.stride,
                                         .x = at(x),
                                         .scale = scale + first_,
                                         .dy = at(dy),
                                         .residual = residual == nullptr ? nullptr : at(residual),
                                         .dx = at(dx)});
}

template <class T>
simd::Attention<T> FastPass<T>::attention(std::size_t block, std::size_t row, std::size_t queries,
                                          std::size_t keys) const {
    const BlockTrace<T>& trace = trace_.blocks[block];
    const PanelSizes& sizes = weights_.sizes();
    const std::size_t panels = sizes.heads / sizes.lanes;
    const T* q = trace.qkv + row * sizes.lanes;
    return {.queries = queries,
            .keys = keys,
            .panels = panels,
            .head_width = sizes.head_width,
            .scale = static_cast<T>(1 / std::sqrt(static_cast<double>(sizes.head_dim))),
            .q = q,
            .k = q + panels * trace_.stride,
            .v = q + 2 * panels * trace_.stride,
            .q_stride = trace_.stride,
            .kv_stride = trace_.stride,
            .weights = trace.attention_weights + row * trace_.attention_weights_stride,
            .weights_stride = trace_.attention_weights_stride,
            .output = trace.attention + row * sizes.lanes,
            .output_stride = trace_.stride};
}

// ---- The model

template <class T>
void FastPass<T>::embed(std::size_t row, std::span<const Index> tokens,
                        std::size_t first_position) const {
    const std::size_t lanes = weights_.sizes().lanes;
    const PanelMatrix& table = weights_.layout().table;
    weights_.kernels().embedding_forward({.tokens = tokens,
                                          .vocab_size = weights_.config().vocab_size,
                                          .first_position = first_position,
                                          .panels = table.columns / lanes,
                                          .table = weights_.w(table),
                                          .table_stride = table.rows * lanes,
                                          .x = trace_.embedded + row * lanes,
                                          .stride = trace_.stride});
}

template <class T>
void FastPass<T>::begin() const {
    rmsnorm(trace_.embedded, trace_.scale, trace_.blocks.front().x);
    query(0);
}

template <class T>
void FastPass<T>::query(std::size_t block) const {
    const BlockTrace<T>& trace = trace_.blocks[block];
    rmsnorm(trace.x, trace.scale, trace.normed);
    linear(weights_.layout().blocks[block].qkv, trace.normed, trace.qkv);
}

template <class T>
void FastPass<T>::forward(const Attend& attend) const {
    for (std::size_t i = 0; i < trace_.blocks.size(); ++i) {
        const PanelBlock& w = weights_.layout().blocks[i];
        const BlockTrace<T>& block = trace_.blocks[i];
        T* next = i + 1 < trace_.blocks.size() ? trace_.blocks[i + 1].x : trace_.last;
        if (i > 0) query(i);
        attend(i);
        linear(w.wo, block.attention, block.middle, Epilogue::add, block.x);
        rmsnorm(block.middle, block.middle_scale, block.middle_normed);
        linear(w.fc1, block.middle_normed, block.features, Epilogue::relu);
        linear(w.fc2, block.features, next, Epilogue::add, block.middle);
    }
    linear(weights_.layout().head, trace_.last, trace_.logits);
}

/// The same, last first. A block's `doutput` is the slope along its result.
template <class T>
void FastPass<T>::backward(const Attend& attend_backward) const {
    linear_backward(weights_.layout().head, trace_.logits, trace_.blocks.back().doutput);
    for (std::size_t i = trace_.blocks.size(); i-- > 0;) {
        const PanelBlock& w = weights_.layout().blocks[i];
        const BlockTrace<T>& block = trace_.blocks[i];
        T* dx = i > 0 ? trace_.blocks[i - 1].doutput : trace_.dembedded;
        linear_backward(w.fc2, block.doutput, block.dfeatures, Epilogue::relu_backward,
                        block.features);
        linear_backward(w.fc1, block.dfeatures, trace_.dnormed);
        rmsnorm_backward(block.middle, block.middle_scale, trace_.dnormed, block.doutput,
                         block.dmiddle);
        linear_backward(w.wo, block.dmiddle, trace_.dattention);
        attend_backward(i);
        linear_backward(w.qkv, block.dqkv, trace_.dnormed);
        rmsnorm_backward(block.x, block.scale, trace_.dnormed, block.dmiddle, dx);
    }
    rmsnorm_backward(trace_.embedded, trace_.scale, trace_.dembedded, nullptr, trace_.dembedded);
}

template class FastPass<float>;
template class FastPass<double>;

}  // namespace microgpt
