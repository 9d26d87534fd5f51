// Chapter 6: a thousand steps with Adam, and the same thousand with plain gradient descent.
#include <cmath>
#include <cstdio>
#include <exception>
#include <functional>
#include <numeric>

#include "microgpt/data/dataset.hpp"
#include "microgpt/data/tokenizer.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/training/descent.hpp"
#include "microgpt/training/trainer.hpp"
#include "plot/chart.hpp"
#include "plot/figure.hpp"
#include "plot/progress.hpp"
#include "plot/terminal.hpp"

using namespace microgpt;

constexpr Index steps = 1000;
constexpr double descent_rate = 0.5;  // Adam's is its default

/// Takes one step: from the gradients, with what is left of the learning rate.
using Optimizer = std::function<void(const Gradients&, double decay)>;

// ---- One run: the same names and the same first weights, whatever the optimizer

std::vector<double> train(std::vector<std::string_view> docs,
                          const std::function<Optimizer(Vector parameters)>& make_optimizer) {
    Random random(42);
    random.shuffle(docs);
    const Tokenizer tokenizer(docs);

    Tape tape;
    const Gpt gpt({.vocab_size = tokenizer.vocab_size()}, [&] { return random.gauss(0, 0.08); });
    const Optimizer optimize = make_optimizer(gpt.parameters());
    std::vector<double> losses;
    plot::ProgressBar bar(steps);
    for (Index step = 0; step < steps; ++step) {
        const std::vector<Index> tokens = tokenizer.encode(docs[step % docs.size()]);
        const auto [loss, gradients] = differentiate(gpt, tokens);
        optimize(gradients, linear_decay(step, steps));
        losses.push_back(loss);
        if (plot::is_terminal(stdout)) bar.step(step, loss);
    }
    if (plot::is_terminal(stdout)) plot::ProgressBar::clear();
    return losses;
}

// ---- The two optimizers

Optimizer with_adam(Vector parameters) {
    return [adam = Adam(parameters)](const Gradients& gradients, double decay) mutable {
        adam.step(gradients, decay);
    };
}

Optimizer with_descent(Vector parameters) {
    return [parameters](const Gradients& gradients, double decay) {
        descend(parameters, gradients, descent_rate * decay);
    };
}

double mean(const std::vector<double>& losses, std::size_t first, std::size_t last) {
    const auto begin = losses.begin();
    const double sum = std::accumulate(begin + static_cast<std::ptrdiff_t>(first),
                                       begin + static_cast<std::ptrdiff_t>(last), 0.0);
    return sum / static_cast<double>(last - first);
}

int main() try {
    const std::vector<std::string_view> names = load_names(stderr);
    const std::vector<double> adam = train(names, with_adam);
    const std::vector<double> descent = train(names, with_descent);

    std::printf("Adam at learning rate %g, plain descent at %g, both falling to 0\n\n",
                Adam::Config().learning_rate, descent_rate);
    std::puts("mean loss of      Adam   descent");
    for (std::size_t first = 0; first < steps; first += 100) {
        std::printf("steps %3zu-%4zu  %.4f    %.4f\n", first + 1, first + 100,
                    mean(adam, first, first + 100), mean(descent, first, first + 100));
    }
    std::printf("\nAdam's first step: %.4f, its last: %.4f\n\n", adam.front(), adam.back());

    const std::vector<plot::Series> series = {{"Adam", adam}, {"descent", descent}};
    const Index vocab_size = Tokenizer(names).vocab_size();
    const plot::Reference guess = {std::log(vocab_size), "log " + std::to_string(vocab_size)};
    std::fputs(plot::terminal_chart(series, 60, 12, guess).c_str(), stdout);
    std::puts("");
    plot::write_figure(
        "06-loss.svg",
        plot::line_chart(
            {.title = "Adam beside plain gradient descent",
             .description = "The loss of each of 1000 training steps, which is noisy, and the mean "
                            "of the last hundred. The mean falls fast for two hundred steps, from "
                            "log 27 or 3.3, and then slowly, to about 2.3.",
             .x = "step",
             .y = "loss"},
            series, guess));
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
