// Chapter 3's network, trained as there and otherwise.
#include "bigram_runs.hpp"

#include <algorithm>
#include <string>

#include "microgpt/training/descent.hpp"

namespace microgpt::book {

namespace {

using namespace pictures;

/// The share of an a after an n, in percent.
double n_a(const Lesson& lesson, const Bigram& network) {
    const std::vector<Index> na = lesson.tokenizer.tokens("na");
    return 100 * network.shares()[na[0]][na[1]];
}

/// A network with the chapter's weights, or with others.
Bigram fresh(const Lesson& lesson, const Beginning& beginning = {}) {
    Random random = lesson.random;
    return Bigram(lesson.tokenizer.vocab_size(), random, beginning);
}

/// Other choices than the chapter's of how wide to be, and how to begin.
void begin_otherwise(Numbers& numbers, const Lesson& lesson) {
    const auto say = [&](const std::string& key, const Beginning& beginning) {
        Tape tape;
        const Bigram network = fresh(lesson, beginning);
        pictures::train(network, lesson);
        numbers.say("begin-" + key, "%.2f", loss_of(network.shares(), lesson));
    };
    for (const Index n_embd : {2, 8, 16, 64})
        say("width-" + std::to_string(n_embd), {.n_embd = n_embd});
    say("narrow", {.deviation = 0.02});
    say("broad", {.deviation = 0.32});
}

/// Where the loss on all names stands while the last thousand are read: every fifty.
void last_thousand(Numbers& numbers, const Lesson& lesson) {
    Tape tape;
    const Bigram network = fresh(lesson);
    pictures::train(network, lesson, {.from = 0, .to = 9000});
    std::vector<double> losses;
    for (std::size_t to = 9050; to <= 10000; to += 50) {
        pictures::train(network, lesson, {.from = to - 50, .to = to});
        losses.push_back(loss_of(network.shares(), lesson));
    }
    numbers.say("bigram-rests-lowest", "%.4f", std::ranges::min(losses));
    numbers.say("bigram-rests-highest", "%.4f", std::ranges::max(losses));
    numbers.say("bigram-rests-mean", "%.4f",
                mean_loss(losses.size(), [&](std::size_t i) { return losses[i]; }));
}

/// How a small rate and the chapter's fare in the beginning, on all names.
void first_thousand(Numbers& numbers, const Lesson& lesson) {
    for (const std::string rate : {"0.010", "0.100"}) {
        Tape tape;
        const Bigram network = fresh(lesson);
        std::size_t read = 0;
        for (const std::size_t to : {300, 1000}) {
            const Reading next = {.from = read, .to = to, .learning_rate = std::stod(rate)};
            pictures::train(network, lesson, next);
            numbers.say("rate-" + rate + "-at-" + std::to_string(to), "%.2f",
                        loss_of(network.shares(), lesson));
            read = to;
        }
    }
}

void train(Numbers& numbers, const Lesson& lesson) {
    Tape tape;
    const auto say_loss = [&](const std::string& key, const Bigram& network) {
        numbers.say(key, "%.4f", loss_of(network.shares(), lesson));
    };
    for (const double rate : {0.001, 0.01, 0.3}) {
        const Bigram network = fresh(lesson);
        pictures::train(network, lesson, {.learning_rate = rate});
        say_loss("rate-" + std::to_string(rate).substr(0, 5), network);
    }
    const Bigram network = fresh(lesson);
    say_loss("bigram-untrained", network);
    pictures::train(network, lesson, {.from = 0, .to = 9996});
    numbers.count("names-before-avriana", 9996);
    numbers.say("before-avriana-n-a", "%.0f", n_a(lesson, network));
    pictures::train(network, lesson, {.from = 9996, .to = 9997});
    numbers.say("after-avriana-n-a", "%.0f", n_a(lesson, network));
    pictures::train(network, lesson, {.from = 9997, .to = 9998});
    numbers.say("after-daia-n-a", "%.0f", n_a(lesson, network));
    pictures::train(network, lesson, {.from = 9998, .to = 10000});
    say_loss("bigram-all-names", network);
    bigram_learned(numbers, lesson, network);
    bigram_unread(numbers, lesson, network);
    pictures::train(network, lesson, {.from = 10000, .to = 20000, .learning_rate = 0.01});
    say_loss("bigram-then-smaller-steps", network);
}

}  // namespace

void bigram_runs(Numbers& numbers, const Lesson& lesson) {
    train(numbers, lesson);
    first_thousand(numbers, lesson);
    last_thousand(numbers, lesson);
    begin_otherwise(numbers, lesson);
}

}  // namespace microgpt::book
