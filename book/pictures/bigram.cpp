// Chapter 3's network, as the chapter trains it, and the counts.
#include "bigram.hpp"

#include <cmath>
#include <numeric>

#include "microgpt/data/dataset.hpp"
#include "microgpt/training/descent.hpp"

namespace microgpt::pictures {

namespace {

std::vector<std::string_view> shuffled_names(Random& random) {
    std::vector<std::string_view> docs = load_names(stderr);
    random.shuffle(docs);
    return docs;
}

Draw weights(Random& random, double deviation) {
    return [&random, deviation] { return random.gauss(0, deviation); };
}

}  // namespace

Bigram::Bigram(Index vocab_size, Random& random, const Beginning& beginning)
    : wte(vocab_size, beginning.n_embd, weights(random, beginning.deviation)),
      mlp(beginning.n_embd, weights(random, beginning.deviation)),
      lm_head(vocab_size, beginning.n_embd, weights(random, beginning.deviation)) {}

Table Bigram::shares() const {
    const Tape::Scope scope;
    Table table;
    for (Index token = 0; token < wte.rows(); ++token) {
        const Vector probs = softmax((*this)(token));
        table.emplace_back(probs.data().begin(), probs.data().end());
    }
    return table;
}

double Bigram::likeness(Index a, Index b) const {
    const Tape::Scope scope;
    return dot(rmsnorm(wte.row(a)), rmsnorm(wte.row(b))).data() / wte.columns();
}

Lesson::Lesson() : docs(shuffled_names(random)), tokenizer(docs) {}

std::vector<double> train(const Bigram& network, const Lesson& lesson, const Reading& reading) {
    std::vector<double> losses;
    for (std::size_t step = reading.from; step < reading.to; ++step) {
        const std::vector<Index> tokens =
            lesson.tokenizer.encode(lesson.docs[step % lesson.docs.size()]);
        const auto [loss, gradients] = differentiate([&] {
            return mean_loss(tokens.size() - 1, [&](std::size_t i) {
                return cross_entropy(network(tokens[i]), tokens[i + 1]);
            });
        });
        descend(parameters_of(network.wte, network.lm_head), gradients, reading.learning_rate);
        losses.push_back(loss);
    }
    return losses;
}

Table counted_shares(const Lesson& lesson, const Counting& counting) {
    const Index size = lesson.tokenizer.vocab_size();
    Table counts(size, std::vector<double>(size, counting.from));
    for (const std::string_view name : lesson.docs) {
        const std::vector<Index> tokens = lesson.tokenizer.encode(name);
        const double pairs = static_cast<double>(tokens.size() - 1);
        for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
            counts[tokens[i]][tokens[i + 1]] += counting.names_weigh_alike ? 1 / pairs : 1;
        }
    }
    for (std::vector<double>& row : counts) {
        const double total = std::accumulate(row.begin(), row.end(), 0.0);
        for (double& count : row) count /= total;
    }
    return counts;
}

std::vector<double> losses_of(const Table& shares, const Lesson& lesson) {
    std::vector<double> losses;
    for (const std::string_view name : lesson.docs) {
        const std::vector<Index> tokens = lesson.tokenizer.encode(name);
        losses.push_back(mean_loss(tokens.size() - 1, [&](std::size_t i) {
            return -std::log(shares[tokens[i]][tokens[i + 1]]);
        }));
    }
    return losses;
}

double loss_of(const Table& shares, const Lesson& lesson) {
    const std::vector<double> losses = losses_of(shares, lesson);
    return mean_loss(losses.size(), [&](std::size_t doc) { return losses[doc]; });
}

}  // namespace microgpt::pictures
