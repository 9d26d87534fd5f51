// How good the model is on spellings that it has never read, and how much of that is luck.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

#include "../pictures/bigram.hpp"
#include "adam_runs.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/run/engines.hpp"
#include "microgpt/run/evaluation.hpp"
#include "training.hpp"

namespace microgpt::book {

namespace {

using Names = std::vector<std::string_view>;

/// The spellings in the order in which a run with that seed comes to them, each once.
struct Order {
    explicit Order(std::uint64_t seed) {
        Random random(seed);
        const std::vector<std::string_view> docs = shuffled_names(random);
        std::set<std::string_view> seen;
        for (std::size_t i = 0; i < docs.size(); ++i) {
            if (seen.insert(docs[i]).second) (i < steps ? read : unread).push_back(docs[i]);
        }
    }

    Names read;
    Names unread;
};

Run trained(std::uint64_t seed) {
    Run run(engine_kind({}), {.seed = seed});
    run.train();
    return run;
}

double last_hundred(const Run& run) { return mean(std::span(run.losses()).last(100)); }

/// The best that any table of pairs can do on some spellings: the one that is counted from them.
double best_table(const Names& spellings) {
    pictures::Lesson lesson;
    lesson.docs = spellings;
    return pictures::loss_of(pictures::counted_shares(lesson, {.names_weigh_alike = true}), lesson);
}

void the_run(Numbers& numbers) {
    const Order order(42);
    const Run run = trained(42);
    const Evaluation unread = evaluate(run, order.unread, 64);
    numbers.count("spellings-read", static_cast<double>(order.read.size()));
    numbers.count("spellings-unread", unread.documents);
    numbers.say("loss-spellings-read", "%.4f", evaluate(run, order.read, 64).loss());
    numbers.say("loss-spellings-unread", "%.4f", unread.loss());
    numbers.say("perplexity-unread", "%.1f", std::exp(unread.loss()));
    numbers.say("bits-unread", "%.2f", unread.loss() / std::numbers::ln2);
    numbers.say("by-letter-unread", "%.4f", unread.token_loss());
    numbers.say("by-letter-unread-perplexity", "%.2f", unread.perplexity());
    numbers.say("bits-per-byte-unread", "%.3f", unread.bits_per_byte());
    numbers.say("table-unread", "%.4f", best_table(order.unread));
    numbers.say("table-unread-perplexity", "%.1f", std::exp(best_table(order.unread)));
    double hundreds = 0;
    double luckier = 0;
    for (std::size_t begin = 0; begin + 100 <= order.unread.size(); begin += 100) {
        const auto hundred = std::span(order.unread).subspan(begin, 100);
        hundreds += 1;
        luckier += evaluate(run, hundred, 64).loss() < last_hundred(run) ? 1 : 0;
    }
    numbers.count("hundreds-unread", hundreds);
    numbers.count("hundreds-unread-luckier", luckier);
}

/// The same with ten seeds, each of which reads other names and begins with other weights.
void ten_seeds(Numbers& numbers) {
    std::vector<double> last, read, unread, gap, perplexity, bits, listed, recited;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        Run run = trained(seed);
        const Spellings spellings = spellings_of(run, steps);
        const Evaluation evaluation = evaluate(run, spellings.unread, 64);
        last.push_back(last_hundred(run));
        read.push_back(evaluate(run, spellings.read, 64).loss());
        unread.push_back(evaluation.loss());
        gap.push_back(unread.back() - read.back());
        perplexity.push_back(evaluation.perplexity());
        bits.push_back(evaluation.bits_per_byte());
        const Novelty found = novelty(run.generate({.count = 1000}), spellings);
        listed.push_back(static_cast<double>(found.names - found.fresh));
        recited.push_back(static_cast<double>(found.read));
    }
    numbers.say_spread("seeds-last-100", "%.3f", last);
    numbers.say_spread("seeds-read", "%.3f", read);
    numbers.say_spread("seeds-unread", "%.3f", unread);
    numbers.say_spread("seeds-gap", "%.3f", gap);
    numbers.say_spread("seeds-perplexity", "%.2f", perplexity);
    numbers.say_spread("seeds-bits", "%.3f", bits);
    numbers.say_spread("seeds-listed", "%.0f", listed);
    numbers.say_spread("seeds-recited", "%.0f", recited);
}

/// One in twenty, to be done sooner.
Names some_of(const Names& spellings) {
    Names some;
    for (std::size_t i = 0; i < spellings.size(); i += 20) some.push_back(spellings[i]);
    return some;
}

/// Trains, and asks about names held out, as often as for the picture: for a while their loss is
/// level, and later it isn't.
void watch(Numbers& numbers, Run& run, const Names& others) {
    constexpr Index level_from = 400;
    constexpr Index level_to = 2000;
    constexpr Index later = 4000;
    std::vector<double> level;
    run.train([&](Index step, double) {
        const auto loss = [&] { return evaluate(run, others, 64).loss(); };
        if (step % 100 == 0 && step >= level_from && step <= level_to) level.push_back(loss());
        if (step == later) numbers.say("heart-later", "%.2f", loss());
        return true;
    });
    numbers.count("heart-level-from", level_from);
    numbers.count("heart-level-to", level_to);
    numbers.count("heart-later-step", later);
    numbers.say("heart-level-least", "%.2f", std::ranges::min(level));
    numbers.say("heart-level-most", "%.2f", std::ranges::max(level));
}

/// Few names and many passes: what --held-out 0.99 --steps 10000 comes to.
void by_heart(Numbers& numbers) {
    Run run(engine_kind({}), {.steps = 10000, .held_out = 0.99});
    const Spellings spellings = spellings_of(run, 10000);
    watch(numbers, run, some_of(spellings.unread));
    const auto lines = static_cast<double>(run.corpus().training().size());
    numbers.count("heart-steps", run.settings().steps);
    numbers.count("heart-lines", lines);
    numbers.count("heart-spellings", static_cast<double>(spellings.read.size()));
    numbers.count("heart-held-out", static_cast<double>(spellings.unread.size()));
    numbers.say("heart-epochs", "%.0f", run.settings().steps / lines);
    numbers.say("heart-read", "%.2f", evaluate(run, spellings.read, 64).loss());
    numbers.say("heart-unread", "%.2f", evaluate(run, spellings.unread, 64).loss());
    const Novelty found = novelty(run.generate({.count = 1000}), spellings);
    numbers.count("heart-listed", static_cast<double>(found.names - found.fresh));
    numbers.count("heart-recited", static_cast<double>(found.read));
    numbers.count("heart-repeated", static_cast<double>(found.repeated));
}

}  // namespace

void spellings(Numbers& numbers) {
    the_run(numbers);
    ten_seeds(numbers);
    by_heart(numbers);
}

}  // namespace microgpt::book
