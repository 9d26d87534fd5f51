// SlowReader: reads as a Gpt does, and shows all that happens on the way.
#pragma once

#include <vector>

#include "microgpt/model/gpt.hpp"

namespace microgpt {

/// What one head does while a position is read.
struct HeadSeen {
    Vector scores;  // query · key / sqrt(head_dim), for each position so far
    Vector shares;  // softmax of these
    Vector mixed;   // the values, in these shares
};

/// All that is made of one token. Everything stays on the Tape, so a gradient of anything that
/// follows can be asked for any of it.
struct TokenSeen {
    std::vector<Vector> stream;  // after the embedding, and after each half of a block
    std::vector<std::vector<HeadSeen>> heads;  // of each layer
    Vector logits;                             // vocab_size, of what comes next
};

/// Reads one text with a Gpt on the current Tape.
class SlowReader {
  public:
    explicit SlowReader(const Gpt& gpt)
        : config_(gpt.config()), matrices_(gpt.matrices()), context_(gpt.empty_context()) {}

    /// Reads a token, with the same numbers and refusals as Gpt::operator().
    TokenSeen read(Index token);
    /// What the next token would be if the stream ended here: logits.
    Vector read_off(Vector stream) const { return linear(stream, matrix(2)); }
    /// The keys and values of what was read, by layer.
    const Gpt::Context& context() const { return context_; }

  private:
    const Matrix& matrix(std::size_t i) const { return matrices_[i].matrix; }
    Vector look_back(Vector x, std::size_t layer, std::vector<HeadSeen>& heads);
    Vector think(Vector x, std::size_t layer) const;

    GptConfig config_;
    std::vector<NamedMatrix> matrices_;  // wte, wpe, lm_head; then six a layer, as shapes() says
    Gpt::Context context_;
};

}  // namespace microgpt
