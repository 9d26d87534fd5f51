// FlatGpt: forward, and the same in reverse.
#include "microgpt/engines/flat/flat_gpt.hpp"

namespace microgpt {

namespace {

void add(std::size_t n, const double* x, double* sum) {
    for (std::size_t i = 0; i < n; ++i) sum[i] += x[i];
}

}  // namespace

FlatGpt::FlatGpt(const GptConfig& config)
    : n_embd_(config.n_embd),
      heads_{config.n_head, config.n_embd / config.n_head},
      weights_(config),
      matrices_(config,
                [next = weights_.matrices().begin()](const Shape&) mutable { return &*next++; }),
      blocks_(config.n_layer) {}

// ---- A layer for all tokens

Rows FlatGpt::take(Index columns) {
    const std::size_t size = std::size_t{n_} * columns;
    double* taken = arena_.take(size);
    return {taken, taken + size, columns};
}

Rows FlatGpt::linear(Rows x, const Weights& w) {
    const Rows y = take(w.rows);
    microgpt::linear(w, n_, x.data, y.data);
    return y;
}

void FlatGpt::linear_backward(Weights& w, Rows x, const double* dy) {
    microgpt::linear_backward(w, n_, dy, x.gradient);
    outer_products_.resize(n_);
    for (std::size_t i = 0; i < n_; ++i) {
        outer_products_[i] = {x.row(i), dy + i * w.rows,
                              i == 0 ? nullptr : &outer_products_[i - 1]};
    }
    w.outer_products = &outer_products_.back();
    add_outer_products(w);
}

Rows FlatGpt::rmsnorm(Rows x, Rows& scale) {
    scale = take(1);
    const Rows y = take(n_embd_);
    for (Index i = 0; i < n_; ++i) {
        scale.data[i] = microgpt::rmsnorm(n_embd_, x[i].data, y.row(i));
    }
    return y;
}

void FlatGpt::rmsnorm_backward(Rows x, Rows scale, Rows y) const {
    for (Index i = 0; i < n_; ++i) {
        microgpt::rmsnorm_backward(n_embd_, scale.data[i], x[i], y[i].gradient);
    }
}

Rows FlatGpt::relu(Rows x) {
    const Rows y = take(x.columns);
    microgpt::relu(size(x), x.data, y.data);
    return y;
}

void FlatGpt::attention(const FlatBlock& block) const {
    for (Index i = 0; i < n_; ++i) {
        microgpt::attention(heads_, i + 1, block.query[i].data, block.keys, block.values,
                            block.attention_weights.row(i), block.attention.row(i));
    }
}

void FlatGpt::attention_backward(const FlatBlock& block) const {
    for (Index i = 0; i < n_; ++i) {
        microgpt::attention_backward(heads_, i + 1, block.query[i], block.keys, block.values,
                                     block.attention_weights[i], block.attention[i].gradient);
    }
}

// ---- A block

Rows FlatGpt::forward(Index layer, Rows x, const Attend& attend) {
    const auto& w = matrices_.blocks[layer];
    FlatBlock& block = blocks_[layer];
    block.x = x;
    block.x_normed = rmsnorm(x, block.x_scale);
    block.query = linear(block.x_normed, *w.wq);
    block.keys = linear(block.x_normed, *w.wk);
    block.values = linear(block.x_normed, *w.wv);
    block.attention_weights = take(most_positions_ * heads_.count);
    block.attention = take(n_embd_);
    attend(layer, block);
    block.middle = linear(block.attention, *w.wo);
    add(size(x), x.data, block.middle.data);
    block.middle_normed = rmsnorm(block.middle, block.middle_scale);
    block.features = linear(block.middle_normed, *w.fc1);
    block.fired = relu(block.features);
    const Rows out = linear(block.fired, *w.fc2);
    add(size(out), block.middle.data, out.data);
    return out;
}

void FlatGpt::backward(Index layer, const double* slope) {
    const auto& w = matrices_.blocks[layer];
    const FlatBlock& block = blocks_[layer];
    linear_backward(*w.fc2, block.fired, slope);
    relu_backward(size(block.fired), block.fired.data, block.fired.gradient,
                  block.features.gradient);
    linear_backward(*w.fc1, block.middle_normed, block.features.gradient);
    rmsnorm_backward(block.middle, block.middle_scale, block.middle_normed);
    add(size(block.middle), slope, block.middle.gradient);
    linear_backward(*w.wo, block.attention, block.middle.gradient);
    attention_backward(block);
    linear_backward(*w.wq, block.x_normed, block.query.gradient);
    linear_backward(*w.wk, block.x_normed, block.keys.gradient);
    linear_backward(*w.wv, block.x_normed, block.values.gradient);
    rmsnorm_backward(block.x, block.x_scale, block.x_normed);
    add(size(block.x), block.middle.gradient, block.x.gradient);
}

// ---- The model

Rows FlatGpt::forward(std::span<const Reading> readings, const Attend& attend) {
    arena_.clear();
    readings_ = readings;
    n_ = static_cast<Index>(readings.size());
    most_positions_ = 0;
    for (const Reading& at : readings) most_positions_ = std::max(most_positions_, at.position + 1);
    embedded_ = take(n_embd_);
    for (Index i = 0; i < n_; ++i) {
        double* row = embedded_.row(i);
        std::copy_n(matrices_.wte->data + std::size_t{readings[i].token} * n_embd_, n_embd_, row);
        add(n_embd_, matrices_.wpe->data + std::size_t{readings[i].position} * n_embd_, row);
    }
    last_ = rmsnorm(embedded_, embedded_scale_);
    for (Index i = 0; i < blocks_.size(); ++i) last_ = forward(i, last_, attend);
    return logits_ = linear(last_, *matrices_.lm_head);
}

void FlatGpt::backward() {
    linear_backward(*matrices_.lm_head, last_, logits_.gradient);
    Rows y = last_;
    for (std::size_t i = blocks_.size(); i-- > 0; y = blocks_[i].x) {
        backward(static_cast<Index>(i), y.gradient);
    }
    rmsnorm_backward(embedded_, embedded_scale_, y);
    for (Index i = 0; i < n_; ++i) {
        const double* slope = embedded_[i].gradient;
        add(n_embd_, slope, matrices_.wte->gradient + std::size_t{readings_[i].token} * n_embd_);
        add(n_embd_, slope, matrices_.wpe->gradient + std::size_t{readings_[i].position} * n_embd_);
    }
}

}  // namespace microgpt
