// How good the model is on spellings that it has never read, and how much of that is luck.
// luck.
#include <algorithm>
#include <cmath>
#include <set>

#include "../pictures/bigram.hpp"
#include "adam_runs.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/run/engines.hpp"
#include "microgpt/run/run.hpp"
#include "training.hpp"

namespace microgpt::book {

namespace {

using Spellings = std::vector<std::string_view>;

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

    Spellings read;
    Spellings unread;
};

/// The loss of a run's model on each of some spellings.
std::vector<double> losses_of(const Run& run, const Spellings& spellings) {
    const auto engine = engine_kind({}).make({.config = run.engine().config()}, [] { return 0.0; });
    engine->restore(run.engine().parameters(), run.engine().adam());
    const std::unique_ptr<Reader> reader = engine->reader(1);
    std::vector<double> losses;
    for (const std::string_view spelling : spellings) {
        const std::vector<Index> tokens = run.tokenizer().encode(spelling);
        reader->restart(0);
        losses.push_back(mean_loss(tokens.size() - 1, [&](std::size_t i) {
            return -std::log(reader->read_probabilities({&tokens[i], 1}, 1)[tokens[i + 1]]);
        }));
    }
    return losses;
}

Run trained(std::uint64_t seed) {
    Run run(engine_kind({}), {.seed = seed});
    run.train();
    return run;
}

double last_hundred(const Run& run) { return mean(std::span(run.losses()).last(100)); }

/// The best that any table of pairs can do on some spellings: the one that is counted from them.
double best_table(const Spellings& spellings) {
    pictures::Lesson lesson;
    lesson.docs = spellings;
    return pictures::loss_of(pictures::counted_shares(lesson, {.names_weigh_alike = true}), lesson);
}

void the_run(Numbers& numbers) {
    const Order order(42);
    const Run run = trained(42);
    const std::vector<double> unread = losses_of(run, order.unread);
    numbers.count("spellings-read", static_cast<double>(order.read.size()));
    numbers.count("spellings-unread", static_cast<double>(order.unread.size()));
    numbers.say("loss-spellings-read", "%.4f", mean(losses_of(run, order.read)));
    numbers.say("loss-spellings-unread", "%.4f", mean(unread));
    numbers.say("perplexity-unread", "%.1f", std::exp(mean(unread)));
    numbers.say("bits-unread", "%.2f", mean(unread) / std::log(2));
    numbers.say("table-unread", "%.4f", best_table(order.unread));
    numbers.say("table-unread-perplexity", "%.1f", std::exp(best_table(order.unread)));
    double hundreds = 0;
    double luckier = 0;
    for (std::size_t begin = 0; begin + 100 <= unread.size(); begin += 100) {
        hundreds += 1;
        luckier += mean(std::span(unread).subspan(begin, 100)) < last_hundred(run) ? 1 : 0;
    }
    numbers.count("hundreds-unread", hundreds);
    numbers.count("hundreds-unread-luckier", luckier);
}

/// The mean of some numbers, and their standard deviation.
void say_spread(Numbers& numbers, const std::string& key, const char* how,
                std::vector<double> values) {
    const double middle = mean(values);
    numbers.say(key, how, middle);
    for (double& value : values) value -= middle;
    const double freedom = static_cast<double>(values.size()) / (values.size() - 1.0);
    numbers.say(key + "-spread", how, std::sqrt(mean_square(values) * freedom));
}

/// The same with ten seeds, each of which reads other names and begins with other weights.
void ten_seeds(Numbers& numbers) {
    std::vector<double> last, read, unread, gap, listed, recited;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const Order order(seed);
        Run run = trained(seed);
        last.push_back(last_hundred(run));
        read.push_back(mean(losses_of(run, order.read)));
        unread.push_back(mean(losses_of(run, order.unread)));
        gap.push_back(unread.back() - read.back());
        const std::set<std::string_view> known(order.read.begin(), order.read.end());
        std::set<std::string_view> all = known;
        all.insert(order.unread.begin(), order.unread.end());
        const std::vector<std::string> names = run.generate({.count = 1000});
        const auto in = [&](const std::set<std::string_view>& these) {
            return static_cast<double>(std::ranges::count_if(
                names, [&](const std::string& name) { return these.contains(name); }));
        };
        listed.push_back(in(all));
        recited.push_back(in(known));
    }
    say_spread(numbers, "seeds-last-100", "%.3f", last);
    say_spread(numbers, "seeds-read", "%.3f", read);
    say_spread(numbers, "seeds-unread", "%.3f", unread);
    say_spread(numbers, "seeds-gap", "%.3f", gap);
    say_spread(numbers, "seeds-listed", "%.0f", listed);
    say_spread(numbers, "seeds-recited", "%.0f", recited);
}

}  // namespace

void spellings(Numbers& numbers) {
    the_run(numbers);
    ten_seeds(numbers);
}

}  // namespace microgpt::book
