// What ten other seeds say: of chapter 4's division, and of chapter 5's first norm.
#include <algorithm>
#include <cmath>
#include <functional>
#include <span>
#include <vector>

#include "../pictures/looks_back.hpp"
#include "numbers.hpp"
#include "training.hpp"

namespace microgpt::book {

namespace {

/// With the seeds 1 to 10: by how much a run's last losses are higher in one way than in the other,
/// in the mean; and with how many seeds they are.
void say_higher(Numbers& numbers, const std::string& key,
                const std::function<double(std::uint64_t seed, bool one_way)>& last_losses) {
    std::vector<double> higher;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        higher.push_back(last_losses(seed, true) - last_losses(seed, false));
    }
    numbers.say_spread(key, "%.3f", higher);
    const auto is_higher = [](double by) { return by > 0; };
    numbers.count(key + "-agree", static_cast<double>(std::ranges::count_if(higher, is_higher)));
}

// ---- Chapter 4's network, its scores divided or not

Vector look_back(const Attention& attention, Vector x, KvCache& cache, bool divided) {
    const Vector query = linear(x, attention.wq);
    const Vector key = linear(x, attention.wk);
    const Vector value = linear(x, attention.wv);
    cache.append(key, value);
    std::vector<Vector> heads;
    for (Index h = 0; h < pictures::looks_back_heads; ++h) {
        const Vector asks = query.slice(h * attention.head_dim, attention.head_dim);
        const std::vector<Vector>& keys = cache.keys(h);
        const Vector scores = make_vector(static_cast<Index>(keys.size()),
                                          [&](Index t) { return dot(asks, keys[t]); });
        const Vector shares = softmax(divided ? scores / std::sqrt(asks.size()) : scores);
        heads.push_back(mix(shares, cache.values(h)));
    }
    return linear(concatenate(heads), attention.wo);
}

double after_looking_back(std::uint64_t seed, bool divided) {
    constexpr Index names = 4000;
    Random random(seed);
    const std::vector<std::string_view> docs = shuffled_names(random);
    const Tokenizer tokenizer(docs);
    Tape tape;
    const pictures::LooksBack network(tokenizer.vocab_size(),
                                      [&] { return random.gauss(0, 0.08); });
    std::vector<double> losses;
    for (Index step = 0; step < names; ++step) {
        const std::vector<Index> tokens = tokenizer.encode(docs[step], 17);
        const auto [loss, gradients] = differentiate([&] {
            KvCache cache(pictures::looks_back_heads);
            return mean_loss(tokens.size() - 1, [&](std::size_t i) {
                const Vector x = network.embed(tokens[i], static_cast<Index>(i));
                const Vector seen = x + look_back(network.attention, x, cache, divided);
                return cross_entropy(linear(seen, network.lm_head), tokens[i + 1]);
            });
        });
        descend(network.parameters(), gradients, 0.1 * linear_decay(step, names));
        losses.push_back(loss);
    }
    return mean(std::span(losses).last(2000));
}

// ---- Chapter 6's run, without the norm before the first block or with it

double after_training(std::uint64_t seed, bool bare) {
    Random random(seed);
    const std::vector<std::string_view> docs = shuffled_names(random);
    const Tokenizer tokenizer(docs);
    const GptConfig config = {.vocab_size = tokenizer.vocab_size()};
    const Draw draw = [&] { return random.gauss(0, 0.08); };
    Tape tape;
    const Matrix wte(config.vocab_size, config.n_embd, draw);
    const Matrix wpe(config.block_size, config.n_embd, draw);
    const Matrix lm_head(config.vocab_size, config.n_embd, draw);
    const Block block(config, draw);
    Adam adam(parameters_of(wte, block.mlp.fc2));
    std::vector<double> losses;
    for (Index step = 0; step < steps; ++step) {
        const std::vector<Index> tokens = tokenizer.encode(docs[step], config.block_size + 1);
        const auto [loss, gradients] = differentiate([&] {
            KvCache cache(config.n_head);
            return mean_loss(tokens.size() - 1, [&](std::size_t i) {
                const Vector sum = wte.row(tokens[i]) + wpe.row(static_cast<Index>(i));
                const Vector x = block(bare ? sum : rmsnorm(sum), cache);
                return cross_entropy(linear(x, lm_head), tokens[i + 1]);
            });
        });
        adam.step(gradients, linear_decay(step, steps));
        losses.push_back(loss);
    }
    return mean(std::span(losses).last(100));
}

}  // namespace

void ten_seeds_divided(Numbers& numbers) {
    say_higher(numbers, "no-scale-seeds", after_looking_back);
}

void ten_seeds_normed(Numbers& numbers) {
    say_higher(numbers, "no-first-norm-seeds", after_training);
}

}  // namespace microgpt::book
