// BasicGpt: the model once more, said once for every kind of vector.
#pragma once

#include <type_traits>
#include <utility>
#include <vector>

#include "microgpt/engines/gpt_matrices.hpp"
#include "microgpt/training/descent.hpp"

namespace microgpt {

// Of the ladder's five models two are made of this, the graph's and the tape's, which so differ in
// their vectors alone. Chapter 5's Gpt is not: it is there to learn from, with no template in
// front.

/// The Gpt of chapter 5 made of any Matrix whose row(i) is a vector that has +, linear(),
/// rmsnorm(), relu(), attention() and cross_entropy(). It holds no numbers: the matrices know where
/// these are.
template <class Matrix>
class BasicGpt {
  public:
    using Vector = std::remove_cvref_t<decltype(std::declval<const Matrix&>().row(0))>;

    /// What a layer keeps of the positions read so far, each vector n_embd long.
    struct Cache {
        std::vector<Vector> keys;
        std::vector<Vector> values;
    };
    using Context = std::vector<Cache>;

    /// make(shape) makes a matrix. Its calls are in the order of shapes().
    template <class Make>
    BasicGpt(const GptConfig& config, Make make) : config_(config), matrices_(config, make) {}

    /// Its sizes.
    const GptConfig& config() const { return config_; }
    /// What the model knows when it has read nothing.
    Context empty_context() const { return Context(config_.n_layer); }

    /// Reads one token and returns the logits of the one after it. `context` grows by one position.
    /// Throws as Gpt does.
    Vector operator()(Index token, Context& context) const {
        const auto position = static_cast<Index>(context.front().keys.size());
        require_readable(config_, token, position);
        Vector x = rmsnorm(matrices_.wte.row(token) + matrices_.wpe.row(position));
        for (Index i = 0; i < config_.n_layer; ++i) {
            x = block(std::move(x), matrices_.blocks[i], context[i]);
        }
        return linear(x, matrices_.lm_head);
    }

    /// The mean loss of a document, as cross_entropy() gives one. `context` is to be empty. Throws
    /// std::invalid_argument for fewer than two tokens, or unknown ones.
    auto loss(const std::vector<Index>& tokens, Context& context) const {
        const std::size_t n = positions_read(config_, tokens);
        return mean_loss(n, [&](std::size_t i) {
            return cross_entropy((*this)(tokens[i], context), tokens[i + 1]);
        });
    }

  private:
    using Matrices = GptMatrices<Matrix>;

    Vector block(Vector x, const typename Matrices::Block& w, Cache& cache) const {
        const Vector normed = rmsnorm(x);
        const Vector query = linear(normed, w.wq);
        cache.keys.push_back(linear(normed, w.wk));
        cache.values.push_back(linear(normed, w.wv));
        x = x + linear(attention(query, cache.keys, cache.values, config_.n_head), w.wo);
        return x + linear(relu(linear(rmsnorm(x), w.fc1)), w.fc2);
    }

    GptConfig config_;
    Matrices matrices_;
};

}  // namespace microgpt
