// Preferring: a model of names learns to like those that end in a vowel.
#include <algorithm>
#include <cstdio>

#include "microgpt/run/evaluation.hpp"
#include "preference.hpp"
#include "stages.hpp"

namespace microgpt {

namespace {

void by_hand() {
    const Tape tape;
    const Value preferred(-11);
    const Value other(-12);
    std::puts("\nlog p from -12 to -11, and from -11 to -12");
    for (const double beta : {1.0, 0.1}) {
        const Value loss = preference_loss(preferred, other, {-12, -11}, beta);
        const Gradients slopes = backward(loss);
        std::printf("beta %-3g  loss %.4f  slopes %.4f %.4f\n", beta, loss.data(),
                    slopes[preferred], slopes[other]);
    }
}

// ---- What is preferred

bool ends_in_vowel(std::string_view name) {
    return !name.empty() && std::string_view("aeiou").find(name.back()) != std::string_view::npos;
}

/// A thousand times the model invents two names; the pairs of which one ends in a vowel.
std::vector<Pair> pairs_of(Run& run) {
    const Names names = run.generate({.count = 2000, .temperature = 1, .side_by_side = 64});
    const auto tokens = [&](const std::string& name) {
        return run.tokenizer().encode(name, run.settings().block_size + 1);
    };
    std::vector<Pair> pairs;
    for (std::size_t i = 0; i < names.size(); i += 2) {
        const bool is_first = ends_in_vowel(names[i]);
        if (is_first == ends_in_vowel(names[i + 1])) continue;
        Pair pair{tokens(names[i]), tokens(names[i + 1])};
        if (!is_first) std::swap(pair.preferred, pair.other);
        pairs.push_back(std::move(pair));
    }
    return pairs;
}

// ---- What becomes of a model

/// What a model that was `before` does now, in a row.
void judge(const Run& before, Run& now, const Exam& names) {
    const Names made = now.generate({.count = 1000, .temperature = 1, .side_by_side = 64});
    const auto preferred = static_cast<double>(std::ranges::count_if(made, ends_in_vowel));
    const auto nats = [&](const Run& run) { return evaluate(run, views(made), 64).nats; };
    Texts vowels = names.held_out;
    std::erase_if(vowels, [](std::string_view name) { return !ends_in_vowel(name); });
    std::printf("  %.3f  %9zu  %7.2f  %13.2f  %.4f  %.4f ", preferred / 1000,
                each_once(made).size(), static_cast<double>(lines(views(made)).size()) / 1000 - 1,
                (nats(before) - nats(now)) / 1000, loss(now, vowels), loss(now, names.held_out));
    for (std::size_t i = 0; i < 3; ++i) std::printf(" %s", made[i].c_str());
    std::puts("");
}

void row(const std::string& kept, const Exam& names, const std::vector<Pair>& pairs,
         const PreferenceOptions& options) {
    const Run before = run_from(kept, names.training, settings_of(1));
    Run now = run_from(kept, names.training, settings_of(1));
    const std::vector<double> numbers = before.engine().parameters();
    const Tape tape;
    std::size_t next = 0;
    const Gpt gpt(before.engine().config(), [&] { return numbers[next++]; });
    prefer(gpt, pairs, options);
    const std::span<const double> learned = gpt.parameters().data();
    now.begin_with({learned.begin(), learned.end()});
    std::printf("%5g %6u", options.beta, options.steps);
    now.seed_names(2);  // and not the names of the pairs
    judge(before, now, names);
}

}  // namespace

void prefer_vowels(const std::string& kept, const Exam& names) {
    by_hand();
    Run run = run_from(kept, names.training, settings_of(1));
    const std::vector<Pair> pairs = pairs_of(run);
    std::printf("%zu pairs\n", pairs.size());
    std::puts("\n beta  steps  vowel  different  letters  nats from old  held out: vowel, all");
    row(kept, names, pairs, {.steps = 0});
    for (const double beta : {10.0, 1.0, 0.1, 0.03}) row(kept, names, pairs, {.beta = beta});
    row(kept, names, pairs, {.beta = 1, .steps = 1000});
    row(kept, names, pairs, {.beta = 0.03, .steps = 1000});
}

}  // namespace microgpt
