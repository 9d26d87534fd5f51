// Chapter 4: a network that looks back learns from names; then we watch where it looks.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <exception>
#include <limits>

#include "microgpt/data/dataset.hpp"
#include "microgpt/data/tokenizer.hpp"
#include "microgpt/model/attention.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/training/descent.hpp"
#include "plot/figure.hpp"
#include "plot/heat_map.hpp"
#include "plot/terminal.hpp"

using namespace microgpt;

constexpr Index n_embd = 16;
constexpr Index n_head = 4;
constexpr Index block_size = 16;
constexpr double learning_rate = 0.1;
constexpr int steps = 20000;

// ---- The network: letters and their positions, one layer of attention, and nothing else

struct LooksBack {
    LooksBack(Index vocab_size, const Draw& draw)
        : wte(vocab_size, n_embd, draw),
          wpe(block_size, n_embd, draw),
          attention(n_embd, n_head, draw),
          lm_head(vocab_size, n_embd, draw) {}

    Vector embed(Index token, Index position) const {
        return rmsnorm(wte.row(token) + wpe.row(position));
    }
    Vector operator()(Index token, KvCache& cache) const {
        const Vector x = embed(token, cache.size());
        return linear(x + attention(x, cache), lm_head);
    }
    Vector parameters() const { return parameters_of(wte, lm_head); }

    Matrix wte;
    Matrix wpe;
    Attention attention;
    Matrix lm_head;
};

Value surprise(const LooksBack& network, const std::vector<Index>& tokens) {
    KvCache cache(n_head);
    return mean_loss(std::min<std::size_t>(block_size, tokens.size() - 1), [&](std::size_t i) {
        return cross_entropy(network(tokens[i], cache), tokens[i + 1]);
    });
}

void train(const LooksBack& network, const Tokenizer& tokenizer,
           const std::vector<std::string_view>& docs) {
    double recent = 0;
    for (int step = 0; step < steps; ++step) {
        const std::vector<Index> tokens = tokenizer.encode(docs[step % docs.size()]);
        const auto [loss, gradients] = differentiate([&] { return surprise(network, tokens); });
        const double left = 1 - static_cast<double>(step) / steps;  // smaller steps towards the end
        descend(network.parameters(), gradients, learning_rate * left);
        recent += loss;
        if (step % 2000 == 1999) {
            std::printf("names read %5d, mean loss of the last 2000: %.4f\n", step + 1,
                        recent / 2000);
            recent = 0;
        }
    }
}

// ---- Where it looks: for each head, a row of shares for every position

std::vector<plot::HeatMap> look(const LooksBack& network, const Tokenizer& tokenizer,
                                const std::string& name) {
    std::vector<Index> tokens = tokenizer.encode(name, block_size + 1);
    tokens.pop_back();  // the last is only to be foreseen
    std::vector<std::string> labels;
    for (const Index token : tokens) {
        labels.push_back(token == tokenizer.bos() ? "·" : tokenizer.character(token));
    }

    std::vector<plot::HeatMap> heads(n_head);
    const Tape::Scope scope;
    KvCache cache(n_head);
    for (Index position = 0; position < tokens.size(); ++position) {
        const Attention& attention = network.attention;
        const Vector x = network.embed(tokens[position], position);
        const Vector query = linear(x, attention.wq);
        attention(x, cache);
        for (Index h = 0; h < n_head; ++h) {
            const Vector head_query = query.slice(h * attention.head_dim, attention.head_dim);
            const Vector probs = attention_weights(head_query, cache.keys(h));
            std::vector<double> row(probs.data().begin(), probs.data().end());
            row.resize(labels.size(), std::numeric_limits<double>::quiet_NaN());  // the future
            heads[h].values.push_back(row);
        }
    }
    for (Index h = 0; h < n_head; ++h) {
        heads[h].title = "head " + std::to_string(h + 1);
        heads[h].row_title = "reading";
        heads[h].column_title = "listens to";
        heads[h].rows = labels;
        heads[h].columns = labels;
    }
    return heads;
}

int main(int argc, char** argv) try {
    std::vector<std::string_view> docs = load_names(stderr);
    Random random(42);
    random.shuffle(docs);
    const Tokenizer tokenizer(docs);

    Tape tape;
    const LooksBack network(tokenizer.vocab_size(), [&] { return random.gauss(0, 0.08); });
    std::printf("%u parameters\n", network.parameters().size());
    std::printf("a guess among %u tokens loses log %u = %.4f\n\n", tokenizer.vocab_size(),
                tokenizer.vocab_size(), std::log(tokenizer.vocab_size()));
    train(network, tokenizer, docs);

    const std::string name = argc > 1 ? argv[1] : "emma";
    std::printf("\nWhat each head listens to while the network reads \"%s\":\n\n", name.c_str());
    const std::vector<plot::HeatMap> heads = look(network, tokenizer, name);
    for (const plot::HeatMap& head : heads) {
        std::fputs(plot::terminal_heat_map(head, plot::color_wanted(stdout)).c_str(), stdout);
        std::puts("");
    }
    plot::write_figure(
        "04-attention.svg",
        plot::heat_maps_svg("Attention while reading " + name,
                            "Four heads. A row for each position that reads, a "
                            "column for each it can listen to; the dot is the start. The "
                            "upper right of each is blank: what comes later is not read yet.",
                            heads));
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
