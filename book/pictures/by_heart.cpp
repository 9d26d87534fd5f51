// Learned by heart: the loss on a few names that are read again and again, and on others.
#include <cmath>

#include "microgpt/run/engines.hpp"
#include "microgpt/run/evaluation.hpp"
#include "pictures.hpp"
#include "plot/chart.hpp"

namespace microgpt::pictures {

namespace {

constexpr Index every = 100;  // steps from one question to the next

/// One in twenty, to be done sooner.
std::vector<std::string_view> some_of(const std::vector<std::string_view>& spellings) {
    std::vector<std::string_view> some;
    for (std::size_t i = 0; i < spellings.size(); i += 20) some.push_back(spellings[i]);
    return some;
}

}  // namespace

std::string by_heart_picture() {
    Run run = make_run({.steps = 10000, .held_out = 0.99});
    const Spellings spellings = spellings_of(run, run.settings().steps);
    const std::vector<std::string_view> others = some_of(spellings.unread);
    std::vector<plot::Series> series = {{"held out", {}}, {"read", {}}};
    run.train([&](Index step, double) {
        if (step % every != 0) return true;
        series[0].values.push_back(evaluate(run, others, 64).loss());
        series[1].values.push_back(evaluate(run, spellings.read, 64).loss());
        return true;
    });
    return plot::line_chart(
        {.title = "Learned by heart",
         .description = "The loss on names that are read again and again falls to "
                        "the end. That on names that are held out falls with it at "
                        "first, is level until some 2000 steps, and then rises, above "
                        "that of a guess.",
         .x = "hundreds of steps",
         .y = "loss"},
        series, plot::Reference{std::log(run.tokenizer().vocab_size()), "a guess"});
}

}  // namespace microgpt::pictures
