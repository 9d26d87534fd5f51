// Attention: how a position looks back at the ones before it.
#pragma once

#include <vector>

#include "microgpt/model/layers.hpp"

namespace microgpt {

/// How much each key is listened to: softmax(query · key / sqrt(head_dim)), one share a position.
Vector attention_weights(Vector query, const std::vector<Vector>& keys);

/// weights[0]·vectors[0] + weights[1]·vectors[1] + … Throws TapeError unless there are as many.
Vector mix(Vector weights, const std::vector<Vector>& vectors);

/// What a layer keeps of the positions read so far: a key and a value for each head. They stay
/// Values on the Tape, so gradients flow back into the positions that made them.
class KvCache {
  public:
    /// Throws std::invalid_argument for no heads.
    explicit KvCache(Index n_head);

    /// Takes one position's key and value, each n_embd long, and cuts them into heads. Throws as
    /// head_dim_of().
    void append(Vector key, Vector value);
    /// How many positions have been read.
    Index size() const { return static_cast<Index>(keys_.front().size()); }
    /// One Vector of head_dim elements for each position. Throws std::out_of_range past the last
    /// head.
    const std::vector<Vector>& keys(Index head) const { return keys_.at(head); }
    const std::vector<Vector>& values(Index head) const { return values_.at(head); }

  private:
    std::vector<std::vector<Vector>> keys_;
    std::vector<std::vector<Vector>> values_;
};

/// n_embd / n_head. Throws std::invalid_argument if n_head does not divide n_embd.
Index head_dim_of(Index n_embd, Index n_head);

/// Multi-head causal self-attention (Vaswani et al. 2017). It needs no mask: a position sees what
/// is in the cache, and the future is not.
struct Attention {
    /// Draws the weights. Throws as head_dim_of().
    Attention(Index n_embd, Index n_head, const Draw& draw);

    /// Reads one position: x of n_embd elements in, n_embd elements out, the cache one longer.
    Vector operator()(Vector x, KvCache& cache) const;

    Index head_dim;  // n_embd / n_head
    Matrix wq;       // each is (n_embd, n_embd): to queries,
    Matrix wk;       // to keys,
    Matrix wv;       // to values,
    Matrix wo;       // and from what the heads found to the output
};

}  // namespace microgpt
