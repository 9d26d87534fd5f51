// Chapter 3's network, as the chapter trains it, and the counts.
#include "bigram.hpp"

#include <cmath>
#include <numeric>

#include "microgpt/data/dataset.hpp"
#include "microgpt/training/descent.hpp"

namespace microgpt::pictures {

namespace {

constexpr Index n_embd = 16;

std::vector<std::string_view> shuffled_names(Random& random) {
    std::vector<std::string_view> docs = load_names(stderr);
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
    return dot(rmsnorm(wte.row(a)), rmsnorm(wte.row(b))).data() / n_embd;
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

Table counted_shares(const Lesson& lesson, bool names_weigh_alike) {
    const Index size = lesson.tokenizer.vocab_size();
    Table counts(size, std::vector<double>(size));
    for (const std::string_view name : lesson.docs) {
        const std::vector<Index> tokens = lesson.tokenizer.encode(name);
        const double pairs = static_cast<double>(tokens.size() - 1);
        for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
            counts[tokens[i]][tokens[i + 1]] += names_weigh_alike ? 1 / pairs : 1;
        }
    }
    for (std::vector<double>& row : counts) {
        const double total = std::accumulate(row.begin(), row.end(), 0.0);
        for (double& count : row) count /= total;
    }
    return counts;
}

double loss_of(const Table& shares, const Lesson& lesson) {
    return mean_loss(lesson.docs.size(), [&](std::size_t doc) {
        const std::vector<Index> tokens = lesson.tokenizer.encode(lesson.docs[doc]);
        return mean_loss(tokens.size() - 1, [&](std::size_t i) {
            return -std::log(shares[tokens[i]][tokens[i + 1]]);
        });
    });
}

}  // namespace microgpt::pictures
