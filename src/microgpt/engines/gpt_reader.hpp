// GptReader: reads with any model that is called with a token and what came before it.
#pragma once

#include "microgpt/engines/engine.hpp"

namespace microgpt {

/// Keeps a context for each document. A Gpt has an empty_context(), and returns logits of which
/// numbers_of() gives the plain numbers.
template <class Gpt>
class GptReader : public Reader {
  public:
    /// Begins to read so many documents.
    GptReader(const Gpt& gpt, std::size_t documents)
        : gpt_(gpt), contexts_(documents, gpt.empty_context()) {}

    std::span<const double> read(std::span<const Index> tokens) override {
        Reader::require_tokens(tokens, contexts_.size());
        logits_.clear();
        for (std::size_t i = 0; i < contexts_.size(); ++i) {
            for (const double logit : numbers_of(gpt_(tokens[i], contexts_[i]))) {
                logits_.push_back(logit);
            }
        }
        return logits_;
    }

    void restart(std::size_t document) override { contexts_.at(document) = gpt_.empty_context(); }

  protected:
    /// What each document has read.
    std::vector<typename Gpt::Context>& contexts() { return contexts_; }

  private:
    Gpt gpt_;
    std::vector<typename Gpt::Context> contexts_;
    std::vector<double> logits_;
};

}  // namespace microgpt
