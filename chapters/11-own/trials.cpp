// Trials: hold out, train, ask, and take the mean.
#include "trials.hpp"

#include <cmath>

#include "microgpt/run/engines.hpp"
#include "microgpt/run/evaluation.hpp"
#include "microgpt/run/held_out.hpp"
#include "microgpt/run/start_weights.hpp"

namespace microgpt {

Exam::Exam(const std::string& all_names)
    : text(std::make_shared<std::string>(all_names)), training(documents(*text, "the names")) {
    const auto trained = static_cast<std::ptrdiff_t>(hold_out(training, 0.1, {}));
    held_out.assign(training.begin() + trained, training.end());
    training.erase(training.begin() + trained, training.end());
    held_out = spellings(held_out, {});
}

std::string lines(const Texts& names) {
    std::string text;
    for (const std::string_view name : names) text.append(name) += '\n';
    return text;
}

Texts views(const std::vector<std::string>& names) { return {names.begin(), names.end()}; }

Settings settings_of(std::uint64_t seed, Index steps) {
    return {.seed = seed, .steps = steps, .batch = 16};
}

Run run_on(const Texts& names, const Settings& settings) {
    return {engine_kind(), settings, Dataset{"names", lines(names), ""}};
}

Run run_from(const std::string& checkpoint, const Texts& names, const Settings& settings) {
    const StartWeights weights = read_start_weights(checkpoint, "the model of names");
    Run run(engine_kind(), with_sizes(settings, weights), Dataset{"names", lines(names), ""},
            tokens_for(weights, characters()));
    begin_with(run, weights);
    return run;
}

double loss(const Run& run, const Texts& names) { return evaluate(run, names, 64).token_loss(); }

std::vector<Figure> over(std::uint64_t seeds, const Measured& measured) {
    std::vector<Figure> figures;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        const std::vector<double> numbers = measured(seed);
        figures.resize(numbers.size());
        for (std::size_t i = 0; i < numbers.size(); ++i) {  // the spread is that of squares, so far
            const double off = numbers[i] - figures[i].mean;
            figures[i].mean += off / static_cast<double>(seed);
            figures[i].spread += off * (numbers[i] - figures[i].mean);
        }
    }
    for (auto& [mean, spread] : figures)
        spread = std::sqrt(spread / static_cast<double>(seeds - 1));
    return figures;
}

}  // namespace microgpt
