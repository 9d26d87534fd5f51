// The first flip: where two runs part that began with almost the same weights.
#include <algorithm>
#include <cmath>
#include <utility>

#include "microgpt/data/tokenizer.hpp"
#include "microgpt/run/engines.hpp"
#include "numbers.hpp"
#include "training.hpp"

namespace microgpt::book {

namespace {

constexpr GptConfig config = {.vocab_size = 27};

/// The run of the original, its first weight a little larger, on an engine that gives the same
/// digits on every machine.
std::unique_ptr<Engine> nudged(Random random, double by) {
    return engine_kind({.name = "flat"}).make({.config = config}, [&] {
        return random.gauss(0, 0.08) + std::exchange(by, 0);
    });
}

/// Which features ReLU lets through while a model with these parameters reads a name.
std::vector<bool> let_through(const std::vector<double>& parameters,
                              const std::vector<Index>& name) {
    const Tape tape;
    const Draw next = [at = parameters.begin()]() mutable { return *at++; };
    const Matrix wte(config.vocab_size, config.n_embd, next);
    const Matrix wpe(config.block_size, config.n_embd, next);
    const Matrix lm_head(config.vocab_size, config.n_embd, next);
    const Block block(config, next);
    KvCache cache(config.n_head);
    std::vector<bool> on;
    for (Index i = 0; i + 1 < name.size(); ++i) {
        Vector x = rmsnorm(wte.row(name[i]) + wpe.row(i));
        x = x + block.attention(rmsnorm(x), cache);
        for (const double feature : linear(rmsnorm(x), block.mlp.fc1).data()) {
            on.push_back(feature > 0);
        }
    }
    return on;
}

double largest_difference(const Engine& a, const Engine& b) {
    const std::vector<double> numbers = a.parameters();
    const std::vector<double> others = b.parameters();
    double largest = 0;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        largest = std::max(largest, std::abs(numbers[i] - others[i]));
    }
    return largest;
}

}  // namespace

void first_flip(Numbers& numbers) {
    Random random(42);
    const std::vector<std::string_view> docs = shuffled_names(random);
    const Tokenizer tokenizer(docs);
    const auto plain = nudged(random, 0);
    const auto other = nudged(random, 1e-5);
    for (Index step = 0; step < steps; ++step) {
        const std::vector<Index> name = tokenizer.encode(docs[step]);
        const bool flips =
            let_through(plain->parameters(), name) != let_through(other->parameters(), name);
        const double before = largest_difference(*plain, *other);
        plain->step({&name, 1}, linear_decay(step, steps));
        other->step({&name, 1}, linear_decay(step, steps));
        if (!flips) continue;
        numbers.count("flip-step", step + 1.0);
        numbers.say("flip-before", "%.6f", before);
        numbers.say("flip-after", "%.3f", largest_difference(*plain, *other));
        return;
    }
}

}  // namespace microgpt::book
