// The figures that chapter 3 says.
#include <algorithm>
#include <cmath>
#include <random>
#include <set>

#include "../pictures/bigram.hpp"
#include "microgpt/training/descent.hpp"
#include "numbers.hpp"

namespace microgpt::book {

namespace {

using namespace pictures;

// ---- ava, anna and emma, by hand: what follows an a is the end three times, a v and an n

void count_by_hand(Numbers& numbers) {
    double sum = 0;
    const auto surprise = [&](const std::string& key, double share) {
        numbers.say(key, "%.3f", -std::log(share));
        sum -= std::log(share);
    };
    surprise("ava-a", 2.0 / 3);
    surprise("ava-v", 1.0 / 5);
    surprise("ava-end", 3.0 / 5);
    numbers.say("ava-mean", "%.3f", sum / 4);
}

void descend_by_hand(Numbers& numbers) {
    Tape tape;
    const Matrix logits(1, 3, [] { return 0.0; });
    const std::vector<Index> came = {0, 0, 0, 1, 2};
    for (int step = 0; step <= 20; ++step) {
        const auto [loss, gradients] = differentiate([&] {
            return mean_loss(came.size(),
                             [&](std::size_t i) { return cross_entropy(logits.row(0), came[i]); });
        });
        const std::string key = "after-a-" + std::to_string(step);
        if (step == 0) {
            numbers.say("after-a-slope-end", "%.3f", -gradients[logits.entries()][0]);
            numbers.say("after-a-slope-v", "%.3f", gradients[logits.entries()][1]);
        }
        if (std::set{0, 1, 2, 5, 20}.contains(step)) {
            const Tape::Scope scope;
            const Vector shares = softmax(logits.row(0));
            numbers.say(key + "-end", "%.0f", 100 * shares[0].data());
            numbers.say(key + "-v", "%.0f", 100 * shares[1].data());
            numbers.say(key + "-loss", "%.3f", loss);
        }
        descend(logits.entries(), gradients, 1);
    }
}

// ---- What the network learned

void learned(Numbers& numbers, const Lesson& lesson, const Bigram& network) {
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
    const Tape::Scope scope;
    const Vector features = linear(rmsnorm(network.wte.row(token("m"))), network.mlp.fc1);
    numbers.count("features-m", static_cast<double>(std::ranges::count_if(
                                    features.data(), [](double on) { return on > 0; })));
}

/// The share of an a after an n, in percent.
double n_a(const Lesson& lesson, const Bigram& network) {
    const std::vector<Index> na = lesson.tokenizer.tokens("na");
    return 100 * network.shares()[na[0]][na[1]];
}

void train(Numbers& numbers, const Lesson& lesson) {
    Tape tape;
    const auto fresh = [&] {
        Random random = lesson.random;
        return Bigram(lesson.tokenizer.vocab_size(), random);
    };
    const auto say_loss = [&](const std::string& key, const Bigram& network) {
        numbers.say(key, "%.4f", loss_of(network.shares(), lesson));
    };
    for (const double rate : {0.001, 0.01, 0.3}) {
        const Bigram network = fresh();
        pictures::train(network, lesson, {.learning_rate = rate});
        say_loss("rate-" + std::to_string(rate).substr(0, 5), network);
    }
    const Bigram network = fresh();
    say_loss("bigram-untrained", network);
    pictures::train(network, lesson, {.from = 0, .to = 9996});
    numbers.count("names-before-avriana", 9996);
    numbers.say("before-avriana-n-a", "%.0f", n_a(lesson, network));
    pictures::train(network, lesson, {.from = 9996, .to = 9998});
    numbers.say("after-daia-n-a", "%.0f", n_a(lesson, network));
    pictures::train(network, lesson, {.from = 9998, .to = 10000});
    say_loss("bigram-all-names", network);
    learned(numbers, lesson, network);
    pictures::train(network, lesson, {.from = 10000, .to = 20000, .learning_rate = 0.01});
    say_loss("bigram-then-smaller-steps", network);
}

}  // namespace

void chapter_03(Numbers& numbers) {
    const std::string output = "chapters/03-mlp/output.txt";
    numbers.count("num-docs", Numbers::read(output, "(\\d+) names, "));
    numbers.say("log-27", "%.4f", std::log(27));
    numbers.count("bigram-params", Numbers::read(output, "(\\d+) parameters"));
    numbers.recorded("bigram-first-1000", output, "names read +1000, [^:]*: (.*)");
    numbers.recorded("bigram-last-1000", output, "names read +10000, [^:]*: (.*)");
    numbers.say("bigram-choices", "%.1f",
                std::exp(Numbers::read(output, "names read +10000, [^:]*: (.*)")));
    numbers.count("two-letter-rows", 27 * 27);
    numbers.recorded("big-steps-second", "chapters/03-mlp/breaks/big-steps.txt", "diondre: (.*)");
    numbers.count("twister-words", std::mt19937::state_size);
    numbers.count("bpe-vocab", 256 + 50000 + 1);  // bytes, merged pairs, and the mark
    numbers.say("bpe-wte", "%.0f", (256 + 50000 + 1) * 768 / 1e6);
    count_by_hand(numbers);
    descend_by_hand(numbers);
    const Lesson lesson;
    const std::set<std::string_view> spellings(lesson.docs.begin(), lesson.docs.end());
    numbers.count("num-spellings", static_cast<double>(spellings.size()));
    numbers.say("counting-loss", "%.4f", loss_of(counted_shares(lesson), lesson));
    const double best_table = loss_of(counted_shares(lesson, true), lesson);
    numbers.say("best-table-loss", "%.4f", best_table);
    train(numbers, lesson);
}

}  // namespace microgpt::book
