// Tying: one matrix that reads letters and writes them.
#pragma once

#include "microgpt/model/gpt.hpp"

namespace microgpt {

/// A small Gpt of one block whose head is its embedding once more.
struct TiedGpt {
    TiedGpt(const GptConfig& config, const Draw& draw)
        : wte(config.vocab_size, config.n_embd, draw),
          wpe(config.block_size, config.n_embd, draw),
          block(config, draw) {}

    /// Reads one token and returns the logits of the one after it.
    Vector operator()(Index token, KvCache& cache) const {
        const Vector x = rmsnorm(wte.row(token) + wpe.row(cache.size()));
        return linear(block(x, cache), wte);
    }
    /// Every number of every matrix.
    Vector parameters() const { return parameters_of(wte, block.mlp.fc2); }

    Matrix wte;  // token embeddings, and the head: (vocab_size, n_embd)
    Matrix wpe;  // position embeddings, (block_size, n_embd)
    Block block;
};

}  // namespace microgpt
