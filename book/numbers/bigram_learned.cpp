// What chapter 3's network has learned, and how much of it holds for names it has never read.
#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "bigram_runs.hpp"
#include "microgpt/training/descent.hpp"

namespace microgpt::book {

namespace {

using namespace pictures;

void shares(Numbers& numbers, const Lesson& lesson, const Bigram& network) {
    const auto token = [&](const char* letter) { return lesson.tokenizer.tokens(letter).front(); };
    const Table counted = counted_shares(lesson);
    const Table shares = network.shares();
    numbers.say("learned-q-u", "%.0f", 100 * shares[token("q")][token("u")]);
    numbers.say("counted-q-u", "%.0f", 100 * counted[token("q")][token("u")]);
    numbers.say("counted-n-a", "%.0f", 100 * counted[token("n")][token("a")]);
    const Index bos = lesson.tokenizer.bos();
    numbers.say("learned-empty", "%.1f", 100 * shares[bos][bos]);
    for (const std::string other : {"a", "o", "i", "u"}) {
        numbers.say("likeness-e-" + other, "%.2f",
                    network.likeness(token("e"), token(other.c_str())));
    }
}

/// The mean of likeness over all pairs of two kinds of letters.
double likeness(const Lesson& lesson, const Bigram& network, const char* some, const char* others) {
    std::vector<double> all;
    for (const Index a : lesson.tokenizer.tokens(some)) {
        for (const Index b : lesson.tokenizer.tokens(others)) {
            if (a != b) all.push_back(network.likeness(a, b));
        }
    }
    return mean_loss(all.size(), [&](std::size_t i) { return all[i]; });
}

void vowels(Numbers& numbers, const Lesson& lesson, const Bigram& network) {
    constexpr char vowels[] = "aeiou";
    constexpr char consonants[] = "bcdfghjklmnpqrstvwxz";  // y is both
    const auto say = [&](const std::string& key, const char* some, const char* others) {
        numbers.say(key, "%.2f", likeness(lesson, network, some, others));
    };
    say("likeness-vowels", vowels, vowels);
    say("likeness-consonants", consonants, consonants);
    say("likeness-mixed", vowels, consonants);
}

/// How many of the 64 questions have a positive answer for an m, and for no token at all.
void features(Numbers& numbers, const Lesson& lesson, const Bigram& network) {
    const Index m = lesson.tokenizer.tokens("m").front();
    std::vector<int> tokens_of(network.mlp.fc1.rows());
    int of_m = 0;
    for (Index token = 0; token < lesson.tokenizer.vocab_size(); ++token) {
        const Tape::Scope scope;
        const Vector answers = linear(rmsnorm(network.wte.row(token)), network.mlp.fc1);
        for (Index i = 0; i < answers.size(); ++i) {
            if (answers[i].data() <= 0) continue;
            ++tokens_of[i];
            of_m += token == m ? 1 : 0;
        }
    }
    numbers.count("features-m", of_m);
    numbers.count("features-silent-m", static_cast<double>(tokens_of.size()) - of_m);
    numbers.count("features-dead", static_cast<double>(std::ranges::count(tokens_of, 0)));
}

// ---- Split by spelling

/// The chapter's lesson, and of its names: the lines that are read in ten thousand steps; their
/// spellings, each once; and the other spellings.
struct Split {
    explicit Split(const Lesson& lesson) : lines(lesson), read(lesson), unread(lesson) {
        constexpr std::size_t steps = 10000;
        lines.docs.resize(steps);
        read.docs.clear();
        unread.docs.clear();
        std::set<std::string_view> seen;
        for (std::size_t i = 0; i < lesson.docs.size(); ++i) {
            const std::string_view name = lesson.docs[i];
            if (seen.insert(name).second) (i < steps ? read : unread).docs.push_back(name);
        }
    }

    Lesson lines;
    Lesson read;
    Lesson unread;
};

}  // namespace

void bigram_learned(Numbers& numbers, const Lesson& lesson, const Bigram& network) {
    shares(numbers, lesson, network);
    vowels(numbers, lesson, network);
    features(numbers, lesson, network);
}

void bigram_unread(Numbers& numbers, const Lesson& lesson, const Bigram& network) {
    const Split split(lesson);
    const auto say = [&](const std::string& key, const Table& shares) {
        numbers.say(key + "-on-read", "%.4f", loss_of(shares, split.read));
        numbers.say(key + "-on-unread", "%.4f", loss_of(shares, split.unread));
    };
    numbers.count("bigram-spellings-read", static_cast<double>(split.read.docs.size()));
    numbers.count("bigram-spellings-unread", static_cast<double>(split.unread.docs.size()));
    say("bigram", network.shares());
    say("counts-from-one", counted_shares(split.lines, {.from = 1}));
    const Table from_zero = counted_shares(split.lines);
    numbers.say("counts-on-read", "%.4f", loss_of(from_zero, split.read));
    const std::vector<double> counted = losses_of(from_zero, split.unread);
    numbers.count("counts-at-a-loss", static_cast<double>(std::ranges::count_if(
                                          counted, [](double loss) { return std::isinf(loss); })));
}

}  // namespace microgpt::book
