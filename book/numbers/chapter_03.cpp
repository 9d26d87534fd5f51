// The figures that chapter 3 says.
#include <cmath>
#include <random>
#include <set>

#include "bigram_runs.hpp"
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

/// The same with one added to each count, for all six tokens: and what `eva` costs then.
void count_from_one(Numbers& numbers) {
    const auto surprise = [](double count, double all) {
        return -std::log((count + 1) / (all + 6));
    };
    const double v_to_a = surprise(1, 1);
    const double a_to_end = surprise(3, 5);
    numbers.say("eva-e", "%.3f", surprise(1, 3));
    numbers.say("eva-v", "%.3f", surprise(0, 1));
    numbers.say("eva-a", "%.3f", v_to_a);
    numbers.say("eva-end", "%.3f", a_to_end);
    numbers.say("eva-mean", "%.3f", (surprise(1, 3) + surprise(0, 1) + v_to_a + a_to_end) / 4);
    numbers.say("ava-from-one", "%.3f", (surprise(2, 3) + surprise(1, 5) + v_to_a + a_to_end) / 4);
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

/// How many rows of `wte` have a part in one name.
void rows_moved(Numbers& numbers, const Lesson& lesson) {
    Tape tape;
    Random random(42);
    const Bigram network(lesson.tokenizer.vocab_size(), random);
    const std::vector<Index> tokens = lesson.tokenizer.encode("emma");
    const auto [loss, gradients] = differentiate([&] {
        return mean_loss(tokens.size() - 1, [&](std::size_t i) {
            return cross_entropy(network(tokens[i]), tokens[i + 1]);
        });
    });
    double moved = 0;
    for (Index token = 0; token < lesson.tokenizer.vocab_size(); ++token) {
        moved += gradients[network.wte.row(token)[0]] != 0 ? 1 : 0;
    }
    numbers.count("rows-moved-by-emma", moved);
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
    count_from_one(numbers);
    descend_by_hand(numbers);
    const Lesson lesson;
    rows_moved(numbers, lesson);
    const std::set<std::string_view> spellings(lesson.docs.begin(), lesson.docs.end());
    numbers.count("num-spellings", static_cast<double>(spellings.size()));
    numbers.say("counting-loss", "%.4f", loss_of(counted_shares(lesson), lesson));
    const double best_table = loss_of(counted_shares(lesson, {.names_weigh_alike = true}), lesson);
    numbers.say("best-table-loss", "%.4f", best_table);
    bigram_runs(numbers, lesson);
}

}  // namespace microgpt::book
