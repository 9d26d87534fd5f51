// Training: chapter 6's run, with any optimizer and learning rate.
#pragma once

#include <functional>
#include <numeric>
#include <span>
#include <string_view>
#include <vector>

#include "microgpt/data/dataset.hpp"
#include "microgpt/data/tokenizer.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/training/trainer.hpp"

namespace microgpt::book {

inline constexpr Index steps = 1000;

inline double mean(std::span<const double> numbers) {
    return std::accumulate(numbers.begin(), numbers.end(), 0.0) /
           static_cast<double>(numbers.size());
}

inline double mean_square(std::span<const double> numbers) {
    return std::inner_product(numbers.begin(), numbers.end(), numbers.begin(), 0.0) /
           static_cast<double>(numbers.size());
}

inline std::vector<std::string_view> shuffled_names(Random& random) {
    std::vector<std::string_view> docs = load_names(stderr);
    random.shuffle(docs);
    return docs;
}

/// The run of chapter 6, with any optimizer, as far as it has got.
struct Training {
    Tape tape;
    Random random{42};
    std::vector<std::string_view> docs = shuffled_names(random);
    Tokenizer tokenizer{docs};
    Gpt gpt{{.vocab_size = tokenizer.vocab_size()}, [this] { return random.gauss(0, 0.08); }};
    std::vector<double> losses;

    using Optimizer = std::function<void(const Gradients&, double decay)>;

    void train(Index last, const Optimizer& optimize) {
        while (losses.size() < last) {
            const auto step = static_cast<Index>(losses.size());
            const auto [loss, gradients] = differentiate(gpt, tokens(step));
            optimize(gradients, linear_decay(step, steps));
            losses.push_back(loss);
        }
    }
    double last_hundred() const { return mean(std::span(losses).last(100)); }
    std::vector<Index> tokens(std::size_t doc) const { return tokenizer.encode(docs[doc]); }
};

inline Training::Optimizer adam_at(const Training& run, double learning_rate) {
    return [adam = Adam(run.gpt.parameters(), {.learning_rate = learning_rate})](
               const Gradients& gradients, double decay) mutable { adam.step(gradients, decay); };
}

inline Training::Optimizer descent_at(const Training& run, double learning_rate) {
    return [all = run.gpt.parameters(), learning_rate](const Gradients& gradients, double decay) {
        descend(all, gradients, learning_rate * decay);
    };
}

}  // namespace microgpt::book
