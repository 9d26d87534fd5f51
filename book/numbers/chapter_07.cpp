// The figures that chapter 7 says.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <set>

#include "microgpt/data/dataset.hpp"
#include "microgpt/engines/value_engine.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/run/run.hpp"
#include "numbers.hpp"

namespace microgpt::book {

namespace {

constexpr double temperature = 0.5;
using Names = std::set<std::string_view>;

/// Scores of 0, 3, 1 and 1, as chapter 4 has them, from cold to hot.
void by_hand(Numbers& numbers) {
    const double scores[] = {0, 3, 1, 1};
    const std::pair<std::string, double> tried[] = {{"cold", 0.5}, {"warm", 1}, {"hot", 2}};
    for (const auto& [name, t] : tried) {
        const std::vector<double> all = softmax(scores, t);
        numbers.say(name + "-share-0", "%.3f", all[0]);
        numbers.say(name + "-share-3", "%.3f", all[1]);
        numbers.say(name + "-share-1", "%.3f", all[2]);
        numbers.say(name + "-ratio", "%.1f", all[1] / all[2]);
    }
    const double frozen = 0.01;
    numbers.say("frozen", "%g", frozen);
    numbers.say("frozen-zeros", "%.0f",
                std::floor((scores[1] - scores[2]) / frozen / std::log(10)));
    const double half_and_quarters[] = {std::log(0.5), std::log(0.25), std::log(0.25)};
    numbers.say("squared-half", "%.2f", softmax(half_and_quarters, temperature)[0]);
}

/// The first letter of the first name, drawn by a generator that has made the names' order and the
/// weights.
void one_draw(Numbers& numbers, const Run& run, Reader& reader) {
    Random random(42);
    random.restore(run.checkpoint().random);
    const Index bos = run.tokenizer().bos();
    const std::span<const double> logits = reader.read({&bos, 1});
    const std::vector<double> undivided = softmax(logits, 1);
    const std::vector<double> all = softmax(logits, temperature);
    const double number = random.random();
    numbers.say("draw", "%.4f", number);
    double sum = 0;
    std::size_t drawn = 0;
    while (sum + all[drawn] <= number) sum += all[drawn++];
    if (run.tokenizer().character(static_cast<Index>(drawn)) != "k") return;  // of other names
    numbers.say("draw-begin", "%.3f", sum);
    numbers.say("draw-end", "%.3f", sum + all[drawn]);
    numbers.say("draw-a-warm", "%.0f", 100 * undivided[0]);
    numbers.say("draw-k-warm", "%.0f", 100 * undivided[drawn]);
    numbers.say("draw-a", "%.0f", 100 * all[0]);
    numbers.say("draw-k", "%.0f", 100 * all[drawn]);
}

/// How rarely the first name would be drawn again.
void first_name(Numbers& numbers, const Run& run, Reader& reader) {
    double chance = 1;
    const std::vector<Index> tokens = run.tokenizer().encode("kamon");
    reader.restart(0);
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        chance *= reader.read_probabilities({&tokens[i], 1}, temperature)[tokens[i + 1]];
    }
    numbers.count("kamon-one-in", 1 / chance);
}

/// How much of a choice goes to letters of which none has more than 3 in a hundred, and how much of
/// it is left to them when it is colder: means over names that the model has not read.
void tails(Numbers& numbers, const Run& run, Reader& reader,
           const std::vector<std::string_view>& docs) {
    double warm_tail = 0;
    double cold_tail = 0;
    double choices = 0;
    for (std::size_t doc = 1000; doc < 1100; ++doc) {
        const std::vector<Index> tokens = run.tokenizer().encode(docs[doc]);
        reader.restart(0);
        for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
            const std::span<const double> logits = reader.read({&tokens[i], 1});
            const std::vector<double> warm = softmax(logits, 1);
            const std::vector<double> cold = softmax(logits, temperature);
            for (std::size_t next = 0; next < warm.size(); ++next) {
                warm_tail += warm[next] < 0.03 ? warm[next] : 0;
                cold_tail += warm[next] < 0.03 ? cold[next] : 0;
            }
            choices += 1;
        }
    }
    numbers.say("tail-warm", "%.0f", 100 * warm_tail / choices);
    numbers.say("tail-cold", "%.0f", 100 * cold_tail / choices);
}

/// Returns how many of the names that exist there are for one that was read.
double count_names(Numbers& numbers, const std::string& key, const std::vector<std::string>& names,
                   const Names& listed, const Names& read) {
    const auto in = [&](const Names& known) {
        return static_cast<double>(std::ranges::count_if(
            names, [&](const std::string& name) { return known.contains(name); }));
    };
    numbers.count(key + "-listed", in(listed));
    numbers.count(key + "-read", in(read));
    return in(listed) / in(read);
}

void invented(Numbers& numbers, Run& run, const std::vector<std::string_view>& docs) {
    const Names listed(docs.begin(), docs.end());
    const Names read(docs.begin(), docs.begin() + 1000);
    count_names(numbers, "twenty", run.generate({.count = 20}), listed, read);
    const std::pair<std::string, GenerateOptions> tried[] = {
        {"t02", {.temperature = 0.2}},
        {"t05", {.temperature = 0.5}},
        {"t1", {.temperature = 1}},
        {"t2", {.temperature = 2}},
        {"top-k", {.temperature = 1, .top_k = 5}},
        {"top-p", {.temperature = 1, .top_p = 0.9}}};
    for (auto [key, options] : tried) {
        options.count = 1000;
        const std::vector<std::string> names = run.generate(options);
        const double one_in = count_names(numbers, key, names, listed, read);
        if (key == "t05") numbers.say("one-in-recited", "%.0f", one_in);
        numbers.count(key + "-distinct",
                      static_cast<double>(std::set(names.begin(), names.end()).size()));
        const auto is_full = [](const std::string& name) { return name.size() == 16; };
        numbers.count(key + "-full", static_cast<double>(std::ranges::count_if(names, is_full)));
    }
    numbers.say("top-k", "%g", 5);
    numbers.say("top-p", "%g", 0.9);
    numbers.say("t02", "%g", 0.2);
    numbers.say("one-in-read", "%.0f",
                static_cast<double>(listed.size()) / static_cast<double>(read.size()));
}

}  // namespace

void chapter_07(Numbers& numbers) {
    std::ifstream program(MICROGPT_SOURCE_DIR "/chapters/07-sampling/microgpt.cpp");
    numbers.count("program-lines", static_cast<double>(std::count(
                                       std::istreambuf_iterator<char>(program), {}, '\n')));
    numbers.recorded("temperature", "chapters/07-sampling/output.txt",
                     "the reference's temperature, ([0-9.]+),");
    by_hand(numbers);
    Tape tape;
    Run run(value_kind());
    run.train();
    const auto engine = value_kind().make({.config = run.engine().config()}, [] { return 0.0; });
    engine->restore(run.engine().parameters(), run.engine().adam());
    const std::unique_ptr<Reader> reader = engine->reader(1);
    one_draw(numbers, run, *reader);
    first_name(numbers, run, *reader);
    std::vector<std::string_view> docs = load_names(stderr);
    Random random(42);
    random.shuffle(docs);
    tails(numbers, run, *reader, docs);
    invented(numbers, run, docs);
}

}  // namespace microgpt::book
