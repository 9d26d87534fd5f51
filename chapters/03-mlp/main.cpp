// Chapter 3: a network with one letter of memory learns from names, and then says some of its own.
#include <cmath>
#include <cstdio>
#include <exception>
#include <string>

#include "microgpt/data/dataset.hpp"
#include "microgpt/data/tokenizer.hpp"
#include "microgpt/model/mlp.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/training/descent.hpp"
#include "plot/figure.hpp"
#include "plot/heat_map.hpp"
#include "plot/terminal.hpp"

using namespace microgpt;

constexpr Index n_embd = 16;
constexpr double learning_rate = 0.1;
constexpr int steps = 10000;
constexpr int longest_name = 16;

// ---- The network: a letter in, the scores of the letter after it out

struct Bigram {
    Bigram(Index vocab_size, const Draw& draw)
        : wte(vocab_size, n_embd, draw), mlp(n_embd, draw), lm_head(vocab_size, n_embd, draw) {}

    Vector operator()(Index token) const {
        const Vector x = rmsnorm(wte.row(token));
        return linear(x + mlp(x), lm_head);
    }
    Vector parameters() const { return parameters_of(wte, lm_head); }

    Matrix wte;
    Mlp mlp;
    Matrix lm_head;
};

Value surprise(const Bigram& network, const std::vector<Index>& tokens) {
    return mean_loss(tokens.size() - 1, [&](std::size_t i) {
        return cross_entropy(network(tokens[i]), tokens[i + 1]);
    });
}

// ---- Learning: one name a step

void train(Bigram& network, const Tokenizer& tokenizer, const std::vector<std::string_view>& docs) {
    double recent = 0;
    for (int step = 0; step < steps; ++step) {
        const std::vector<Index> tokens = tokenizer.encode(docs[step % docs.size()]);
        const auto [loss, gradients] = differentiate([&] { return surprise(network, tokens); });
        descend(network.parameters(), gradients, learning_rate);
        recent += loss;
        if (step % 1000 == 999) {
            std::printf("names read %5d, mean loss of the last 1000: %.4f\n", step + 1,
                        recent / 1000);
            recent = 0;
        }
    }
}

// ---- What it learned: after each letter, the share of every next one

plot::HeatMap table(const Bigram& network, const Tokenizer& tokenizer) {
    plot::HeatMap map{.title = "Which letter follows which",
                      .description =
                          "A row for each letter read, a column for the one after it; the "
                          "dot stands for the start and the end of a name. The columns of a, e "
                          "and i are the strongest, and in the row of q the one cell of u.",
                      .row_title = "read",
                      .column_title = "next",
                      .full = 0.3};
    const Tape::Scope scope;
    for (Index token = 0; token < tokenizer.vocab_size(); ++token) {
        map.rows.push_back(token == tokenizer.bos() ? "·" : tokenizer.character(token));
        const Vector probs = softmax(network(token));
        map.values.emplace_back(probs.data().begin(), probs.data().end());
    }
    map.columns = map.rows;
    return map;
}

// ---- It speaks: draw a letter from the shares, read it, and draw the next

std::string sample(const Bigram& network, const Tokenizer& tokenizer, Random& random) {
    std::string name;
    Index token = tokenizer.bos();
    for (int i = 0; i < longest_name; ++i) {
        const Tape::Scope scope;
        const Vector probs = softmax(network(token));
        token = static_cast<Index>(random.choices(probs.data()));
        if (token == tokenizer.bos()) break;
        name += tokenizer.character(token);
    }
    return name;
}

int main() try {
    std::vector<std::string_view> docs = load_names(stderr);
    Random random(42);
    random.shuffle(docs);
    const Tokenizer tokenizer(docs);

    Tape tape;
    Bigram network(tokenizer.vocab_size(), [&] { return random.gauss(0, 0.08); });
    std::printf("%zu names, %u tokens, %u parameters\n", docs.size(), tokenizer.vocab_size(),
                network.parameters().size());
    std::printf("a guess among %u tokens loses log %u = %.4f\n\n", tokenizer.vocab_size(),
                tokenizer.vocab_size(), std::log(tokenizer.vocab_size()));
    train(network, tokenizer, docs);

    const plot::HeatMap map = table(network, tokenizer);
    std::puts("");
    std::fputs(plot::terminal_heat_map(map, plot::color_wanted(stdout)).c_str(), stdout);
    std::puts("");
    plot::write_figure("03-bigram.svg", plot::heat_map_svg(map));

    std::puts("\nNames of its own:\n");
    for (int i = 0; i < 10; ++i) std::printf("  %s\n", sample(network, tokenizer, random).c_str());
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
