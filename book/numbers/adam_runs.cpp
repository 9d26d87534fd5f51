// What chapter 6 says of whole trainings.
#include "adam_runs.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>

#include "training.hpp"

namespace microgpt::book {

namespace {

using MakeOptimizer = Training::Optimizer (*)(const Training& run, double learning_rate);

double last_hundred_at(double learning_rate, MakeOptimizer make_optimizer) {
    Training run;
    run.train(steps, make_optimizer(run, learning_rate));
    return run.last_hundred();
}

/// The step at which a loss is no number any more.
double fatal_step_at(double learning_rate, MakeOptimizer make_optimizer) {
    Training run;
    try {
        run.train(steps, make_optimizer(run, learning_rate));
    } catch (const NumberError&) {
    }
    return static_cast<double>(run.losses.size() + 1);
}

void rates(Numbers& numbers) {
    const std::pair<std::string, double> tried[] = {{"0.001", 0.001}, {"0.01", 0.01}, {"0.1", 0.1}};
    for (const auto& [name, rate] : tried) {
        numbers.say("rate-of-" + name, "%g", rate);
        numbers.say("adam-at-" + name, "%.4f", last_hundred_at(rate, adam_at));
        numbers.say("descent-at-" + name, "%.4f", last_hundred_at(rate, descent_at));
    }
    numbers.count("adam-at-1-step", fatal_step_at(1, adam_at));
    numbers.count("descent-at-1-step", fatal_step_at(1, descent_at));
}

/// The gradients of the first name.
void first_gradients(Numbers& numbers) {
    const Training run;
    const Gradients gradients = differentiate(run.gpt, run.tokens(0)).gradients;
    const std::span<const double> all = gradients[run.gpt.parameters()];
    numbers.count("gradients-zero", static_cast<double>(std::ranges::count(all, 0.0)));
    std::map<std::string, double> size;
    std::map<std::string, double> length;
    for (const auto& [name, matrix] : run.gpt.matrices()) {
        size[name] = std::sqrt(mean_square(gradients[matrix.entries()]));
        length[name] = size[name] * std::sqrt(matrix.entries().size());
    }
    numbers.say("gradient-lm-head-length", "%.2f", length["lm_head"]);
    numbers.say("gradient-wq-length", "%.4f", length["layer0.attn_wq"]);
    numbers.say("gradient-lm-head", "%.3f", size["lm_head"]);
    numbers.say("gradient-wq", "%.5f", size["layer0.attn_wq"]);
    numbers.say("gradient-ratio", "%.0f", size["lm_head"] / size["layer0.attn_wq"]);
}

void losses(Numbers& numbers, const Training& run) {
    const auto least = std::ranges::min_element(run.losses);
    numbers.say("least-loss", "%.4f", *least);
    numbers.count("least-step", static_cast<double>(least - run.losses.begin() + 1));
    std::vector<double> last(run.losses.end() - 100, run.losses.end());
    for (double& loss : last) loss -= run.last_hundred();
    const double spread = std::sqrt(mean_square(last));
    numbers.say("last-100-spread", "%.2f", spread);
    numbers.say("last-100-error", "%.2f", spread / 10);
}

/// What the model expects after "aki", when akio is the name it reads at the last step.
void last_name(Numbers& numbers, const Training& run) {
    const Tape::Scope scope;
    Gpt::Context context = run.gpt.empty_context();
    const std::vector<Index> tokens = run.tokens(steps - 1);
    if (run.docs[steps - 1] != "akio") return;  // the figures are of other names
    for (std::size_t i = 0; i < 3; ++i) run.gpt(tokens[i], context);
    const double share = softmax(run.gpt(tokens[3], context)).data()[tokens[4]];
    numbers.say("akio-o-share", "%.0f", 100 * share);
    numbers.say("akio-o-loss", "%.2f", -std::log(share));
}

void the_run(Numbers& numbers) {
    Training run;
    const Training::Optimizer optimize = adam_at(run, Adam::Config().learning_rate);
    run.train(steps - 1, optimize);
    last_name(numbers, run);
    run.train(steps, optimize);
    losses(numbers, run);
    double tokens = 0;
    for (std::size_t doc = 0; doc < steps; ++doc) tokens += run.tokens(doc).size() - 1.0;
    numbers.count("tokens-foreseen", tokens);
    numbers.count("adam-remembers", 2.0 * run.gpt.parameters().size());
}

}  // namespace

void adam_runs(Numbers& numbers) {
    first_gradients(numbers);
    the_run(numbers);
    rates(numbers);
    spellings(numbers);
}

}  // namespace microgpt::book
