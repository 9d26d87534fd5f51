// The figures that chapter 6 says.
#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "microgpt/checkpoint.hpp"
#include "microgpt/dataset.hpp"
#include "microgpt/random.hpp"
#include "microgpt/tokenizer.hpp"
#include "microgpt/trainer.hpp"
#include "numbers.hpp"

namespace microgpt::book {

namespace {

constexpr Index steps = 1000;
const std::string folder = "chapters/06-adam/";

// ---- Adam on one number

/// Where a number that starts at 0 has got to, as each of these gradients comes.
std::vector<double> walk(const std::vector<double>& gradients) {
    const Tape tape;
    const Matrix w(1, 1, [] { return 0.0; });
    Adam adam(w.entries());
    std::vector<double> way;
    for (const double g : gradients) {
        adam.step(differentiate([&] { return w.row(0)[0] * g; }).gradients);
        way.push_back(w.row(0)[0].data());
    }
    return way;
}

void by_hand(Numbers& numbers) {
    const auto [learning_rate, beta1, beta2, epsilon] = Adam::Config();
    numbers.say("beta1", "%g", beta1);
    numbers.say("beta2", "%g", beta2);
    numbers.say("beta1-rest", "%.2f", 1 - beta1);
    numbers.say("beta2-rest", "%.2f", 1 - beta2);
    numbers.say("beta1-memory", "%.0f", 1 / (1 - beta1));
    numbers.say("beta2-memory", "%.0f", 1 / (1 - beta2));
    double m = 0;
    double v = 0;
    double bias1 = 1;
    double bias2 = 1;
    for (const auto& [step, g] : {std::pair("1", 2.0), std::pair("2", -1.0)}) {
        const std::string key = "hand-" + std::string(step);
        m = beta1 * m + (1 - beta1) * g;
        v = beta2 * v + (1 - beta2) * g * g;
        bias1 *= beta1;
        bias2 *= beta2;
        numbers.say(key + "-m", "%.3f", m);
        numbers.say(key + "-v", "%.4f", v);
        numbers.say(key + "-m-bias", "%.4f", 1 - bias1);
        numbers.say(key + "-v-bias", "%.4f", 1 - bias2);
        numbers.say(key + "-m-hat", "%.3f", m / (1 - bias1));
        numbers.say(key + "-root", "%.3f", std::sqrt(v / (1 - bias2)));
    }
    const std::vector<double> way = walk({2, -1});
    numbers.say("hand-1-step", "%.4f", -way[0]);
    numbers.say("hand-2-step", "%.4f", way[0] - way[1]);
    numbers.say("steady", "%.4f", -walk({1, 1, 1, 1, 1, 1, 1, 1}).back());
    numbers.say("wavering", "%.4f", -walk({1, -1, 1, -1, 1, -1, 1, -1}).back());
}

/// How much longer Adam's steps are if its means are taken as they are.
void uncorrected(Numbers& numbers) {
    const auto longer = [](Index step) {
        const auto [rate, root_scale] = Adam::pace({}, step, 1);
        return Adam::Config().learning_rate / rate * root_scale;
    };
    Index peak = 1;
    while (longer(peak + 1) > longer(peak)) ++peak;
    numbers.say("uncorrected-first", "%.1f", longer(1));
    numbers.count("uncorrected-peak-step", peak);
    numbers.say("uncorrected-peak", "%.1f", longer(peak));
    numbers.say("uncorrected-100", "%.2f", longer(100));
}

// ---- The picture of the valley

void valley(Numbers& numbers) {
    const double rate = 0.036;
    numbers.say("valley-rate", "%g", rate);
    numbers.say("valley-across", "%.1f", rate * 50 - 1);
    numbers.say("valley-along", "%.3f", 1 - rate);
    numbers.say("valley-left", "%.2f", std::pow(1 - rate, 40));
    numbers.say("valley-limit", "%.2f", 2.0 / 50);
}

// ---- The run

struct Trained {
    Tape tape;
    std::vector<std::string_view> docs = load_names();
    Random random{42};
    Tokenizer tokenizer{docs};
    Gpt gpt = (random.shuffle(docs),
               Gpt({.vocab_size = tokenizer.vocab_size()}, [&] { return random.gauss(0, 0.08); }));
    std::vector<double> losses;

    using Optimizer = std::function<void(const Gradients&, double decay)>;

    void train(Index last, const Optimizer& optimize) {
        while (losses.size() < last) {
            const auto step = static_cast<Index>(losses.size());
            const auto [loss, gradients] = differentiate(gpt, tokens(step));
            optimize(gradients, linear_decay(step, steps));
            losses.push_back(loss);
        }
    }
    double last_hundred() const {
        return std::accumulate(losses.end() - 100, losses.end(), 0.0) / 100;
    }
    std::vector<Index> tokens(std::size_t doc) const { return tokenizer.encode(docs[doc]); }
};

Trained::Optimizer adam_at(const Trained& run, double learning_rate) {
    return [adam = Adam(run.gpt.parameters(), {.learning_rate = learning_rate})](
               const Gradients& gradients, double decay) mutable { adam.step(gradients, decay); };
}

Trained::Optimizer descent_at(const Trained& run, double learning_rate) {
    return [all = run.gpt.parameters(), learning_rate](const Gradients& gradients, double decay) {
        descend(all, gradients, learning_rate * decay);
    };
}

using MakeOptimizer = Trained::Optimizer (*)(const Trained& run, double learning_rate);

double last_hundred_at(double learning_rate, MakeOptimizer make_optimizer) {
    Trained run;
    run.train(steps, make_optimizer(run, learning_rate));
    return run.last_hundred();
}

/// The step at which a loss is no number any more.
double fatal_step_at(double learning_rate, MakeOptimizer make_optimizer) {
    Trained run;
    try {
        run.train(steps, make_optimizer(run, learning_rate));
    } catch (const NumberError&) {
        return static_cast<double>(run.losses.size() + 1);
    }
    throw std::logic_error("a learning rate of " + std::to_string(learning_rate) + " is survived");
}

void rates(Numbers& numbers) {
    const std::pair<std::string, double> tried[] = {{"0.001", 0.001}, {"0.01", 0.01}, {"0.1", 0.1}};
    for (const auto& [name, rate] : tried) {
        numbers.say("rate-" + name, "%g", rate);
        numbers.say("adam-at-" + name, "%.4f", last_hundred_at(rate, adam_at));
        numbers.say("descent-at-" + name, "%.4f", last_hundred_at(rate, descent_at));
    }
    numbers.count("adam-at-1-step", fatal_step_at(1, adam_at));
    numbers.count("descent-at-1-step", fatal_step_at(1, descent_at));
}

/// The gradients of the first name.
void first_gradients(Numbers& numbers) {
    const Trained run;
    const Gradients gradients = differentiate(run.gpt, run.tokens(0)).gradients;
    const std::span<const double> all = gradients[run.gpt.parameters()];
    numbers.count("gradients-zero", static_cast<double>(std::ranges::count(all, 0.0)));
    std::map<std::string, double> size;
    for (const auto& [name, matrix] : run.gpt.matrices()) {
        const std::span<const double> g = gradients[matrix.entries()];
        const double squares = std::inner_product(g.begin(), g.end(), g.begin(), 0.0);
        size[name] = std::sqrt(squares / static_cast<double>(g.size()));
    }
    numbers.say("gradient-lm-head", "%.3f", size["lm_head"]);
    numbers.say("gradient-wq", "%.5f", size["layer0.attn_wq"]);
    numbers.say("gradient-ratio", "%.0f", size["lm_head"] / size["layer0.attn_wq"]);
}

void losses(Numbers& numbers, const Trained& run) {
    const auto least = std::ranges::min_element(run.losses);
    numbers.say("least-loss", "%.4f", *least);
    numbers.count("least-step", static_cast<double>(least - run.losses.begin() + 1));
    double squares = 0;
    const double mean = run.last_hundred();
    for (auto loss = run.losses.end() - 100; loss != run.losses.end(); ++loss)
        squares += (*loss - mean) * (*loss - mean);
    const double spread = std::sqrt(squares / 99);
    numbers.say("last-100-spread", "%.2f", spread);
    numbers.say("last-100-error", "%.2f", spread / 10);
}

/// The loss that the trained model has on every name there is, those that it never read too.
void read_and_unread(Numbers& numbers, const Trained& run) {
    std::vector<double> losses;
    for (std::size_t doc = 0; doc < run.docs.size(); ++doc) {
        const Tape::Scope scope;
        losses.push_back(document_loss(run.gpt, run.tokens(doc)).data());
    }
    const auto mean = [&](std::size_t begin, std::size_t end) {
        const auto first = losses.begin();
        const double sum = std::accumulate(first + static_cast<std::ptrdiff_t>(begin),
                                           first + static_cast<std::ptrdiff_t>(end), 0.0);
        return sum / static_cast<double>(end - begin);
    };
    numbers.say("loss-read", "%.4f", mean(0, steps));
    const double unread = mean(steps, losses.size());
    numbers.say("loss-unread", "%.4f", unread);
    numbers.say("unread-choices", "%.1f", std::exp(unread));
    numbers.count("docs-unread", static_cast<double>(losses.size() - steps));
    double hundreds = 0;
    double luckier = 0;
    for (std::size_t begin = steps; begin + 100 <= losses.size(); begin += 100) {
        hundreds += 1;
        luckier += mean(begin, begin + 100) < run.last_hundred() ? 1 : 0;
    }
    numbers.count("hundreds", hundreds);
    numbers.count("hundreds-luckier", luckier);
}

/// What the model expects after "aki", when akio is the name it reads at the last step.
void last_name(Numbers& numbers, const Trained& run) {
    const Tape::Scope scope;
    Gpt::Context context = run.gpt.empty_context();
    const std::vector<Index> tokens = run.tokens(steps - 1);
    if (run.docs[steps - 1] != "akio") throw std::logic_error("the last name is another");
    for (std::size_t i = 0; i < 3; ++i) run.gpt(tokens[i], context);
    const double share = softmax(run.gpt(tokens[3], context)).data()[tokens[4]];
    numbers.say("akio-o-share", "%.0f", 100 * share);
    numbers.say("akio-o-loss", "%.2f", -std::log(share));
}

void run(Numbers& numbers) {
    Trained run;
    const Trained::Optimizer optimize = adam_at(run, Adam::Config().learning_rate);
    run.train(steps - 1, optimize);
    last_name(numbers, run);
    run.train(steps, optimize);
    losses(numbers, run);
    read_and_unread(numbers, run);
    double tokens = 0;
    for (std::size_t doc = 0; doc < steps; ++doc) tokens += run.tokens(doc).size() - 1.0;
    numbers.count("tokens-foreseen", tokens);
    numbers.count("adam-remembers", 2.0 * run.gpt.parameters().size());
}

}  // namespace

void chapter_06(Numbers& numbers) {
    const std::string output = folder + "output.txt";
    numbers.count("steps", Settings().steps);
    numbers.say("learning-rate", "%g", Adam::Config().learning_rate);
    numbers.recorded("last-loss", output, "its last: ([0-9.]+)");
    numbers.recorded("mean-first-100", output, "  1- 100 +([0-9.]+)");
    numbers.recorded("mean-last-100", output, "901-1000 +([0-9.]+)");
    numbers.recorded("descent-rate", output, "plain descent at ([0-9.]+)");
    numbers.recorded("descent-first-100", output, "  1- 100 +[0-9.]+ +([0-9.]+)");
    numbers.recorded("descent-last-100", output, "901-1000 +[0-9.]+ +([0-9.]+)");
    by_hand(numbers);
    uncorrected(numbers);
    valley(numbers);
    first_gradients(numbers);
    run(numbers);
    rates(numbers);

    const std::string breaks = folder + "breaks/";
    numbers.recorded("kept-20", breaks + "keep-gradients.txt", "step +20, loss ([0-9.]+)");
    numbers.recorded("kept-220", breaks + "keep-gradients.txt", "step +220, loss ([0-9.]+)");
    numbers.recorded("uncorrected-mean-first-100", breaks + "no-correction.txt",
                     "  1- 100 +([0-9.]+)");
    numbers.recorded("uncorrected-mean-last-100", breaks + "no-correction.txt",
                     "901-1000 +([0-9.]+)");
    numbers.recorded("undecayed-last-100", breaks + "no-decay.txt", "901-1000 +([0-9.]+)");
}

}  // namespace microgpt::book
