// Attention: a look-up that returns a blend.
#include "microgpt/model/attention.hpp"

#include <cmath>
#include <stdexcept>
#include <string>

namespace microgpt {

Vector attention_weights(Vector query, const std::vector<Vector>& keys) {
    const Index positions = static_cast<Index>(keys.size());
    const Vector scores = make_vector(positions, [&](Index t) { return dot(query, keys[t]); });
    return softmax(scores / std::sqrt(query.size()));
}

Vector mix(Vector weights, const std::vector<Vector>& vectors) {
    if (weights.size() != vectors.size()) throw TapeError("mix: give each vector one weight");
    Vector mixture = weights[0] * vectors[0];
    for (Index t = 1; t < weights.size(); ++t) mixture = mixture + weights[t] * vectors[t];
    return mixture;
}

KvCache::KvCache(Index n_head) : keys_(n_head), values_(n_head) {
    if (n_head == 0) throw std::invalid_argument("a KvCache has one head at the least");
}

void KvCache::append(Vector key, Vector value) {
    const Index n_head = static_cast<Index>(keys_.size());
    const Index head_dim = head_dim_of(key.size(), n_head);
    if (value.size() != key.size()) throw TapeError("append: a key and a value of one length");
    for (Index h = 0; h < n_head; ++h) {
        keys_[h].push_back(key.slice(h * head_dim, head_dim));
        values_[h].push_back(value.slice(h * head_dim, head_dim));
    }
}

Index head_dim_of(Index n_embd, Index n_head) {
    if (n_head == 0 || n_embd % n_head != 0) {
        throw std::invalid_argument("n_head (" + std::to_string(n_head) + ") must divide n_embd (" +
                                    std::to_string(n_embd) + ")");
    }
    return n_embd / n_head;
}

Attention::Attention(Index n_embd, Index n_head, const Draw& draw)
    : head_dim(head_dim_of(n_embd, n_head)),
      wq(n_embd, n_embd, draw),
      wk(n_embd, n_embd, draw),
      wv(n_embd, n_embd, draw),
      wo(n_embd, n_embd, draw) {}

Vector Attention::operator()(Vector x, KvCache& cache) const {
    const Vector query = linear(x, wq);
    const Vector key = linear(x, wk);
    const Vector value = linear(x, wv);
    cache.append(key, value);

    std::vector<Vector> heads;
    for (Index h = 0; h * head_dim < query.size(); ++h) {
        const Vector head_query = query.slice(h * head_dim, head_dim);
        const Vector weights = attention_weights(head_query, cache.keys(h));
        heads.push_back(mix(weights, cache.values(h)));
    }
    return linear(concatenate(heads), wo);
}

}  // namespace microgpt
