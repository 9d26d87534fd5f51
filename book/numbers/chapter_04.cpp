// The figures that chapter 4 says.
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "../pictures/looks_back.hpp"
#include "numbers.hpp"
#include "training.hpp"

namespace microgpt::book {

namespace {

/// The look-up by hand: a query, four keys and four values, of two numbers each.
void look_up(Numbers& numbers) {
    Tape tape;
    const Vector query = vector_of({1, 2});
    const Vector keys[] = {vector_of({0, 0}), vector_of({1, 1}), vector_of({1, 0}),
                           vector_of({0, 0.5})};
    const Vector scores = make_vector(4, [&](Index t) { return dot(query, keys[t]); });
    const Vector shares = softmax(scores);
    numbers.say("look-up-exp-1", "%.3f", std::exp(scores[2].data()));
    numbers.say("look-up-exp-3", "%.3f", std::exp(scores[1].data()));
    numbers.say("look-up-sum", "%.3f", sum(exp(scores)).data());
    numbers.say("look-up-start", "%.4f", shares[0].data());
    numbers.say("look-up-e", "%.4f", shares[1].data());
    numbers.say("look-up-m", "%.4f", shares[2].data());
    const Vector blend =
        mix(shares, {vector_of({0, 0}), vector_of({1, 0}), vector_of({0, 1}), vector_of({0, 1})});
    numbers.say("look-up-consonant", "%.4f", blend[1].data());
    numbers.say("look-up-slope", "%.3f", backward(shares[1])[scores[1]]);

    // As if 64 numbers had been added up where there were two: √32 times as large.
    const Vector wide_scores = scores * Value(std::sqrt(32));
    const Vector wide = softmax(wide_scores);
    numbers.say("wide-look-up-others", "%.5f", 1 - wide[1].data());
    numbers.say("wide-look-up-slope", "%.5f", backward(wide[1])[wide_scores[1]]);
}

/// How many scores a head makes of `emma`, whose five positions look at one key, at two, and so on.
void scores_of_emma(Numbers& numbers) {
    const Tape tape;
    KvCache cache(1);
    std::size_t scores = 0;
    for (int position = 0; position < 5; ++position) {
        cache.append(vector_of({1, 0}), vector_of({0, 1}));
        scores += cache.keys(0).size();
    }
    numbers.count("emma-scores", static_cast<double>(scores));
}

void sizes(Numbers& numbers) {
    const double gpt2_width = 768;
    const double gpt2_context = 1024;
    numbers.count("gpt2-width", gpt2_width);
    numbers.count("gpt2-context", gpt2_context);
    numbers.count("gpt2-cache-row", 2 * 12 * gpt2_width);
    numbers.count("gpt2-look-ups", gpt2_context * (gpt2_context + 1) / 2);
    numbers.count("llama-head", 4096.0 / 32);
    numbers.count("llama-cache-bytes", 2 * 32 * 4096.0 * 2);
}

/// What a table of letter and place loses on the names that the network of the chapter reads last,
/// if it has been counted from those before them.
void place_table(Numbers& numbers) {
    constexpr double each = 0.1;  // so that no share is zero
    Random random(42);
    const std::vector<std::string_view> docs = shuffled_names(random);
    const std::span read = std::span(docs).first(20000);
    const std::span last = read.last(2000);
    const Tokenizer tokenizer(docs);
    std::map<std::pair<std::size_t, Index>, std::vector<double>> table;
    const auto row = [&](const std::vector<Index>& tokens, std::size_t i) -> std::vector<double>& {
        return table.try_emplace({i, tokens[i]}, tokenizer.vocab_size(), each).first->second;
    };
    const auto places = [](const std::vector<Index>& tokens) {
        return std::min<std::size_t>(tokens.size() - 1, 16);
    };
    for (const std::string_view doc : read.first(read.size() - last.size())) {
        const std::vector<Index> tokens = tokenizer.encode(doc);
        for (std::size_t i = 0; i < places(tokens); ++i) row(tokens, i)[tokens[i + 1]] += 1;
    }
    std::vector<double> losses;
    for (const std::string_view doc : last) {
        const std::vector<Index> tokens = tokenizer.encode(doc);
        losses.push_back(mean_loss(places(tokens), [&](std::size_t i) {
            const std::vector<double>& counts = row(tokens, i);
            return std::log(std::accumulate(counts.begin(), counts.end(), 0.0) /
                            counts[tokens[i + 1]]);
        }));
    }
    numbers.say("place-table-from", "%g", each);
    numbers.say("place-table-loss", "%.4f", mean(losses));
}

/// What head 2 of the chapter's network gives to one position of a name while another reads, in
/// percent.
void second_head(Numbers& numbers) {
    Tape tape;
    const pictures::TrainedToLookBack trained;
    const pictures::LooksBack& network = trained.network;
    const auto say = [&](const std::string& name, Index reads, Index heard) {
        const Tape::Scope scope;
        const std::vector<Index> tokens = trained.tokenizer.encode(name);
        KvCache cache(pictures::looks_back_heads);
        for (Index position = 0; position < reads; ++position) {
            network.attention(network.embed(tokens[position], position), cache);
        }
        const Vector x = network.embed(tokens[reads], reads);
        network.attention(x, cache);
        const Vector shares = network.shares(x, cache)[1];
        numbers.say("head-2-" + name + "-" + std::to_string(reads), "%.0f",
                    100 * shares[heard].data());
    };
    say("olivia", 2, 1);
    say("olivia", 4, 3);
    say("stella", 4, 3);
    say("stella", 5, 3);
}

}  // namespace

void chapter_04(Numbers& numbers) {
    look_up(numbers);
    scores_of_emma(numbers);
    sizes(numbers);
    const std::string folder = "chapters/04-attention/";
    const std::string last = "names read 20000, [^:]*: (.*)";
    const std::string last_wide = "names read +4000, [^:]*: (.*)";
    numbers.count("attention-params", Numbers::read(folder + "output.txt", "(\\d+) parameters"));
    numbers.recorded("attention-early-loss", folder + "output.txt",
                     "names read +4000, [^:]*: (.*)");
    numbers.recorded("attention-loss", folder + "output.txt", last);
    numbers.recorded("attention-second-m", folder + "output.txt", "m +1% +(\\d+)%[^0-9]+2% +3%");
    numbers.recorded("no-scale-loss", folder + "breaks/no-scale.txt", last);
    numbers.recorded("no-positions-loss", folder + "breaks/no-positions.txt", last);
    numbers.recorded("wide-loss", folder + "breaks/wide.txt", last_wide);
    numbers.recorded("wide-no-scale-loss", folder + "breaks/wide-no-scale.txt", last_wide);
    place_table(numbers);
    second_head(numbers);
    ten_seeds_divided(numbers);
}

}  // namespace microgpt::book
