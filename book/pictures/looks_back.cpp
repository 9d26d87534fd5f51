// Chapter 4's network: trained once, and then made again from its numbers for each picture.
#include "looks_back.hpp"

#include <algorithm>
#include <cmath>

#include "microgpt/data/dataset.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/training/descent.hpp"

namespace microgpt::pictures {

namespace {

constexpr Index n_embd = 16;
constexpr Index block_size = 16;
constexpr int steps = 20000;

Value surprise(const LooksBack& network, const std::vector<Index>& tokens) {
    KvCache cache(looks_back_heads);
    return mean_loss(std::min<std::size_t>(block_size, tokens.size() - 1), [&](std::size_t i) {
        return cross_entropy(network(tokens[i], cache), tokens[i + 1]);
    });
}

/// The parameters of the chapter's run. The current Tape lends its end for it.
const std::vector<double>& trained(const Tokenizer& tokenizer) {
    static const std::vector<double> numbers = [&] {
        std::vector<std::string_view> docs = load_names(stderr);
        Random random(42);
        random.shuffle(docs);
        const LooksBack network(tokenizer.vocab_size(), [&] { return random.gauss(0, 0.08); });
        for (int step = 0; step < steps; ++step) {
            const std::vector<Index> tokens = tokenizer.encode(docs[step % docs.size()]);
            const Gradients gradients =
                differentiate([&] { return surprise(network, tokens); }).gradients;
            const double left = 1 - static_cast<double>(step) / steps;
            descend(network.parameters(), gradients, 0.1 * left);
        }
        const std::span<const double> all = network.parameters().data();
        return std::vector<double>(all.begin(), all.end());
    }();
    return numbers;
}

}  // namespace

LooksBack::LooksBack(Index vocab_size, const Draw& draw)
    : wte(vocab_size, n_embd, draw),
      wpe(block_size, n_embd, draw),
      attention(n_embd, looks_back_heads, draw),
      lm_head(vocab_size, n_embd, draw) {}

Vector LooksBack::embed(Index token, Index position) const {
    return rmsnorm(wte.row(token) + wpe.row(position));
}

Vector LooksBack::operator()(Index token, KvCache& cache) const {
    const Vector x = embed(token, cache.size());
    return linear(x + attention(x, cache), lm_head);
}

std::vector<Vector> LooksBack::shares(Vector x, const KvCache& cache) const {
    const Vector query = linear(x, attention.wq);
    std::vector<Vector> shares;
    for (Index h = 0; h < looks_back_heads; ++h) {
        shares.push_back(attention_weights(query.slice(h * attention.head_dim, attention.head_dim),
                                           cache.keys(h)));
    }
    return shares;
}

TrainedToLookBack::TrainedToLookBack()
    : tokenizer(load_names(stderr)),
      network(tokenizer.vocab_size(),
              [next = trained(tokenizer).begin()]() mutable { return *next++; }) {}

double length_of(std::span<const double> numbers) {
    double squares = 0;
    for (const double x : numbers) squares += x * x;
    return std::sqrt(squares);
}

}  // namespace microgpt::pictures
