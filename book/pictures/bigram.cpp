// Chapter 3's network, trained, and a table of counts to hold it against.
#include "bigram.hpp"

#include <cmath>

#include "microgpt/dataset.hpp"
#include "microgpt/descent.hpp"

namespace microgpt::pictures {

namespace {

constexpr Index n_embd = 16;
constexpr std::size_t steps = 10000;
constexpr double learning_rate = 0.1;

std::vector<std::string_view> shuffled_names(Random& random) {
    std::vector<std::string_view> docs = load_names();
    random.shuffle(docs);
    return docs;
}

Draw small_weights(Random& random) {
    return [&random] { return random.gauss(0, 0.08); };
}

}  // namespace

Bigram::Bigram(Index vocab_size, Random& random)
    : wte(vocab_size, n_embd, small_weights(random)),
      mlp(n_embd, small_weights(random)),
      lm_head(vocab_size, n_embd, small_weights(random)) {}

Lesson::Lesson() : docs(shuffled_names(random)), tokenizer(docs) {}

std::vector<double> train(const Bigram& network, const Lesson& lesson) {
    std::vector<double> losses;
    for (std::size_t step = 0; step < steps; ++step) {
        const std::vector<Index> tokens =
            lesson.tokenizer.encode(lesson.docs[step % lesson.docs.size()]);
        const auto [loss, gradients] = differentiate([&] {
            return mean_loss(tokens.size() - 1, [&](std::size_t i) {
                return cross_entropy(network(tokens[i]), tokens[i + 1]);
            });
        });
        descend(parameters_of(network.wte, network.lm_head), gradients, learning_rate);
        losses.push_back(loss);
    }
    return losses;
}

double loss_of_counting(const Lesson& lesson) {
    const Index size = lesson.tokenizer.vocab_size();
    std::vector<std::vector<double>> counts(size, std::vector<double>(size));
    std::vector<double> totals(size);
    for (const std::string_view name : lesson.docs) {
        const std::vector<Index> tokens = lesson.tokenizer.encode(name);
        for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
            ++counts[tokens[i]][tokens[i + 1]];
            ++totals[tokens[i]];
        }
    }
    return mean_loss(lesson.docs.size(), [&](std::size_t doc) {
        const std::vector<Index> tokens = lesson.tokenizer.encode(lesson.docs[doc]);
        return mean_loss(tokens.size() - 1, [&](std::size_t i) {
            return -std::log(counts[tokens[i]][tokens[i + 1]] / totals[tokens[i]]);
        });
    });
}

}  // namespace microgpt::pictures
