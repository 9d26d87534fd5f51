// Larger: what a large model changes in the 200 lines, each change in a few lines of its own.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "05-gpt/exercises/gain.hpp"
#include "microgpt/model/attention.hpp"

namespace microgpt {

// ---- Rotary positions

/// A query or a key whose numbers are turned in pairs, each head's alike: in a head, numbers i and
/// i + 1, with i even, by position · base^(-i / head_dim) radians (Su et al. 2021). Throws
/// TapeError for a head of odd width.
inline Vector rotated(Vector x, Index position, Index head_dim, double base = 10'000) {
    if (head_dim % 2 != 0) throw TapeError("rotated: numbers are turned in pairs");
    return make_vector(x.size(), [&](Index i) {
        const Index first = i - i % 2;
        const double share = static_cast<double>(first % head_dim) / head_dim;
        const double angle = position * std::pow(base, -share);
        const double along = i % 2 == 0 ? std::cos(angle) : std::sin(angle);
        const double across = i % 2 == 0 ? -std::sin(angle) : std::cos(angle);
        const Value a = x[first];
        const Value b = x[first + 1];
        return record(a.data() * along + b.data() * across, {a, along}, {b, across});
    });
}

// ---- Grouped queries

/// What the heads of a query find. Heads that are neighbours share keys and values, as many of them
/// as there are heads for each of the cache's (Ainslie et al. 2023).
inline Vector grouped_heads(Vector query, const KvCache& cache, Index head_dim, Index n_kv_head) {
    const Index n_head = query.size() / head_dim;
    const Index group = head_dim_of(n_head, n_kv_head);
    std::vector<Vector> heads;
    for (Index h = 0; h < n_head; ++h) {
        const Vector head_query = query.slice(h * head_dim, head_dim);
        const Vector weights = attention_weights(head_query, cache.keys(h / group));
        heads.push_back(mix(weights, cache.values(h / group)));
    }
    return concatenate(heads);
}

// ---- Layer norm

/// rmsnorm with a gain, of what is left once the mean is taken away; and a bias (Ba et al. 2016).
inline Vector layer_norm(Vector x, Vector gain, Vector bias) {
    const Value mean = sum(x) / x.size();
    const Vector centred = make_vector(x.size(), [&](Index i) { return x[i] - mean; });
    return rmsnorm_with_gain(centred, gain) + bias;
}

// ---- SwiGLU

/// x · 1/(1 + e^-x): ReLU without the corner, much like GELU. Its name is SiLU, or swish.
inline Value silu(Value x) {
    const double gate = 1 / (1 + std::exp(-x.data()));
    return record(x.data() * gate, {x, gate * (1 + x.data() * (1 - gate))});
}

/// An MLP in which each feature has a gate (Shazeer 2020).
struct SwiGlu {
    SwiGlu(Index n_embd, Index features, const Draw& draw)
        : gate(features, n_embd, draw), fc1(features, n_embd, draw), fc2(n_embd, features, draw) {}

    /// x of n_embd elements in, n_embd elements out.
    Vector operator()(Vector x) const {
        const Vector gates = linear(x, gate);
        const Vector open = make_vector(gates.size(), [&](Index i) { return silu(gates[i]); });
        const Vector found = linear(x, fc1);
        const auto passed = [&](Index i) { return open[i] * found[i]; };
        return linear(make_vector(found.size(), passed), fc2);
    }

    Matrix gate;
    Matrix fc1;
    Matrix fc2;
};

// ---- The learning rate

/// The share of the learning rate at `step` of `steps`: the first `warm` rise evenly to all of it,
/// and the others fall along half a wave of a cosine to `least` (Loshchilov and Hutter 2017).
inline double cosine_decay(Index step, Index steps, Index warm, double least = 0.1) {
    if (step < warm) return (step + 1.0) / warm;
    const double gone = static_cast<double>(step - warm) / (steps - warm);
    return least + (1 - least) * (1 + std::cos(std::numbers::pi * gone)) / 2;
}

// ---- Weight decay

/// What AdamW does besides Adam's step: p -= rate · decay · p (Loshchilov and Hutter 2019).
inline void decay_weights(Vector parameters, double rate, double decay) {
    for (double& p : Tape::current().parameters(parameters)) p -= rate * decay * p;
}

// ---- Numbers of 16 bits

/// The nearest bfloat16, of two the one whose last bit is 0: a sign, eight bits of exponent as in a
/// float, and seven of the 23 bits behind the point. What is no number stays none.
inline float to_bf16(float x) {
    if (std::isnan(x)) return x;
    const auto bits = std::bit_cast<std::uint32_t>(x);
    const std::uint32_t half = 0x7fff + (bits >> 16 & 1);  // a tie goes up if the last bit is 1
    return std::bit_cast<float>((bits + half) & 0xffff0000);
}

/// A step with master weights (Micikevicius et al. 2018): `step` moves the parameters as they are
/// remembered in `masters`, in 32 bits, and the model goes on with the nearest of 16.
template <class Step>
void step_on_masters(std::vector<float>& masters, Vector parameters, Step step) {
    const auto all = [&] { return Tape::current().parameters(parameters); };
    std::ranges::copy(masters, all().begin());
    step();
    std::ranges::transform(all(), masters.begin(), [](double p) { return static_cast<float>(p); });
    std::ranges::transform(masters, all().begin(), to_bf16);
}

}  // namespace microgpt
