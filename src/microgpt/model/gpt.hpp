// Gpt: embeddings, blocks and a head, put together.
#pragma once

#include <string>
#include <vector>

#include "microgpt/model/attention.hpp"
#include "microgpt/model/mlp.hpp"

namespace microgpt {

/// The sizes of a model.
struct GptConfig {
    Index vocab_size;
    Index n_layer = 1;
    Index n_embd = 16;
    Index n_head = 4;
    Index block_size = 16;  // the most positions it can read
};

/// What a matrix of a model is called, "wte", "layer0.attn_wq", …, and its size.
struct Shape {
    std::string name;
    Index rows;
    Index columns;
};

/// The shape of every matrix, in the order in which a Gpt draws them.
std::vector<Shape> shapes(const GptConfig& config);

/// How many numbers its matrices hold together. As a double, so that sizes much too large do not
/// wrap around to one that fits.
double count_parameters(const GptConfig& config);

/// The same as a whole number. Throws std::invalid_argument as require_sizes(), and for more than
/// an Index can count.
std::size_t parameter_count(const GptConfig& config);

/// Parameter number i as one would write it: "wte[3, 0]". Throws std::out_of_range.
std::string parameter_name(const GptConfig& config, std::size_t i);

/// One transformer block: look back, then think. Each half adds to x what it found.
struct Block {
    Block(const GptConfig& config, const Draw& draw)
        : attention(config.n_embd, config.n_head, draw), mlp(config.n_embd, draw) {}

    /// x of n_embd elements in, n_embd elements out.
    Vector operator()(Vector x, KvCache& cache) const {
        x = x + attention(rmsnorm(x), cache);
        return x + mlp(rmsnorm(x));
    }

    Attention attention;
    Mlp mlp;
};

/// A matrix and what the field calls it.
struct NamedMatrix {
    std::string name;
    Matrix matrix;
};

/// A GPT-2 with RMSNorm for LayerNorm, before the first block and not after the last; with ReLU for
/// GELU; without biases; and with a head that is not the embedding once more.
class Gpt {
  public:
    /// What the model has read: one KvCache a layer.
    using Context = std::vector<KvCache>;

    /// Draws every weight, in the order of matrices(). Throws std::invalid_argument for sizes that
    /// do not fit together.
    Gpt(const GptConfig& config, const Draw& draw);

    /// Reads one token and returns the logits of the one after it, vocab_size of them.
    /// `context` grows by one position. Throws std::invalid_argument for a token that is not in
    /// the vocabulary, and for a context that holds block_size positions or is another model's.
    Vector operator()(Index token, Context& context) const;

    /// What the model knows when it has read nothing.
    Context empty_context() const { return Context(config_.n_layer, KvCache(config_.n_head)); }

    /// Its sizes.
    const GptConfig& config() const { return config_; }
    /// Every matrix, in the order in which they were drawn.
    std::vector<NamedMatrix> matrices() const;
    /// Every number of every matrix, in the same order.
    Vector parameters() const;

  private:
    GptConfig config_;
    Matrix wte_;      // token embeddings, (vocab_size, n_embd)
    Matrix wpe_;      // position embeddings, (block_size, n_embd)
    Matrix lm_head_;  // (vocab_size, n_embd)
    std::vector<Block> blocks_;
};

// ---- What a model refuses

/// Throws std::invalid_argument for sizes that make no model: a 0 among them, or an n_head that
/// does not divide n_embd.
void require_sizes(const GptConfig& config);

/// Throws std::invalid_argument unless `token` is in the vocabulary and block_size lets a model
/// read it after `position` others.
void require_readable(const GptConfig& config, Index token, std::size_t position);

/// How many tokens of a document are read: all but the last, which is only to be foreseen, as far
/// as block_size goes. Throws std::invalid_argument for fewer than two tokens, or one of those not
/// in the vocabulary.
std::size_t positions_read(const GptConfig& config, const std::vector<Index>& tokens);

}  // namespace microgpt
