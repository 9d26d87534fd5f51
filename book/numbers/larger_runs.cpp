// What ten seeds say of each change of the page on large models, in a model of our size.
#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <optional>
#include <span>

#include "05-gpt/exercises/gain.hpp"
#include "larger.hpp"
#include "measure.hpp"
#include "microgpt/model/gpt.hpp"
#include "microgpt/training/adam.hpp"
#include "numbers.hpp"
#include "training.hpp"

namespace microgpt::book {

namespace {

using exercise::Lesson;

constexpr Index n = 16;
constexpr Index n_head = 4;
constexpr Index head_dim = n / n_head;

/// What is changed of chapter 5's model.
struct Changes {
    bool is_rotary = false;
    bool has_gains = false;
    bool has_gates = false;
    bool is_tied = false;
    Index n_kv_head = n_head;
};

/// Chapter 5's model of one block, with changes. All that is on the Tape are its parameters.
struct Changed {
    Changed(Index vocab_size, const Changes& to, const Draw& draw)
        : changes(to),
          wte(vocab_size, n, draw),
          wq(n, n, draw),
          wk(to.n_kv_head * head_dim, n, draw),
          wv(to.n_kv_head * head_dim, n, draw),
          wo(n, n, draw) {
        if (!to.is_rotary) wpe.emplace(16, n, draw);
        if (!to.is_tied) lm_head.emplace(vocab_size, n, draw);
        if (to.has_gates) gated.emplace(n, 8 * n / 3 + 1, draw);
        if (!to.has_gates) mlp.emplace(n, draw);
        if (to.has_gains) gains = vector_of(std::vector<double>(std::size_t{3} * n, 1));
        parameters = Vector({wte.entries()[0], static_cast<Index>(Tape::current().size())});
    }

    Vector normed(Vector x, Index which) const {
        return gains ? rmsnorm_with_gain(x, gains->slice(which * n, n)) : rmsnorm(x);
    }
    Vector turned(Vector x, Index position) const {
        return changes.is_rotary ? rotated(x, position, head_dim) : x;
    }
    Vector logits(Index token, Index position, KvCache& cache) const {
        const Vector read = wpe ? wte.row(token) + wpe->row(position) : wte.row(token);
        Vector x = normed(read, 0);
        const Vector before = normed(x, 1);
        const Vector query = turned(linear(before, wq), position);
        cache.append(turned(linear(before, wk), position), linear(before, wv));
        x = x + linear(grouped_heads(query, cache, head_dim, changes.n_kv_head), wo);
        const Vector found = normed(x, 2);
        x = x + (gated ? (*gated)(found) : (*mlp)(found));
        return linear(x, lm_head ? *lm_head : wte);
    }
    Value loss(const std::vector<Index>& tokens) const {
        KvCache cache(changes.n_kv_head);
        return mean_loss(std::min<std::size_t>(16, tokens.size() - 1), [&](std::size_t i) {
            return cross_entropy(logits(tokens[i], static_cast<Index>(i), cache), tokens[i + 1]);
        });
    }

    Changes changes;
    Matrix wte, wq, wk, wv, wo;
    std::optional<Matrix> wpe, lm_head;
    std::optional<SwiGlu> gated;
    std::optional<Mlp> mlp;
    std::optional<Vector> gains;
    Vector parameters{wte.entries()};
};

// ---- Ways to train

/// Moves the parameters; `left` is what the decay has left of the learning rate.
using Step = std::function<void(const Gradients&, double left)>;

Step plain(Vector parameters, double rate) {
    return [adam = Adam(parameters, {.learning_rate = rate})](
               const Gradients& gradients, double left) mutable { adam.step(gradients, left); };
}

/// LLaMA's, but for the clipping: a warm-up, half a wave of a cosine, and weight decay.
Step as_llama(Vector parameters, double rate) {
    return [=, step = plain(parameters, rate), number = Index{0}](const Gradients& gradients,
                                                                  double) mutable {
        const double share = cosine_decay(number++, steps, steps / 20);
        decay_weights(parameters, rate * share, 0.1);
        step(gradients, share);
    };
}

Step in_bf16(Vector parameters, double rate) {
    return [=, step = plain(parameters, rate)](const Gradients& gradients, double left) {
        step(gradients, left);
        for (double& p : Tape::current().parameters(parameters)) {
            p = to_bf16(static_cast<float>(p));
        }
    };
}

Step with_masters(Vector parameters, double rate) {
    const auto start = parameters.data();
    return [=, step = plain(parameters, rate),
            masters = std::vector<float>(start.begin(), start.end())](const Gradients& gradients,
                                                                      double left) mutable {
        step_on_masters(masters, parameters, [&] { step(gradients, left); });
    };
}

// ---- Ten seeds of each

struct Way {
    std::string key;
    Changes changes;
    Step (*make_step)(Vector parameters, double rate) = plain;
    double rate = 0.01;
};

/// What ten models lose on names that they have not read.
std::vector<double> ten_models(Numbers& numbers, const Way& way) {
    double parameters = 0;
    std::vector<double> losses = exercise::over_seeds(
        [&](Lesson& lesson) {
            const Changed model(lesson.tokenizer.vocab_size(), way.changes, lesson.draw());
            parameters = model.parameters.size();
            const auto loss = [&](const std::vector<Index>& tokens) { return model.loss(tokens); };
            exercise::read_all(lesson, loss, way.make_step(model.parameters, way.rate));
            return exercise::judged(lesson, loss);
        },
        steps);
    numbers.count("larger-" + way.key + "-params", parameters);
    numbers.say("larger-" + way.key, "%.3f", mean(losses));
    return losses;
}

/// What the first way loses, and by how much more each of the others does, seed for seed.
std::vector<double> compare(Numbers& numbers, const std::vector<Way>& ways) {
    std::vector<double> first = ten_models(numbers, ways.front());
    for (const Way& way : std::span(ways).subspan(1)) {
        std::vector<double> more = ten_models(numbers, way);
        for (std::size_t i = 0; i < more.size(); ++i) more[i] -= first[i];
        const auto lower = std::ranges::count_if(more, [](double by) { return by < 0; });
        numbers.count("larger-" + way.key + "-agree", static_cast<double>(lower));
        const bool is_more = mean(more) > 0;
        if (!is_more) std::ranges::transform(more, more.begin(), std::negate());
        numbers.say_spread("larger-" + way.key + (is_more ? "-more" : "-less"), "%.3f", more);
    }
    return first;
}

// ---- What the page says by the way

/// The score of the picture's query and key, which stand at 20 and at 65 degrees.
double score(Index asks, Index answers) {
    const Tape tape;
    const auto pointing = [](double degrees) {
        const double angle = degrees * std::numbers::pi / 180;
        return vector_of({std::cos(angle), std::sin(angle)});
    };
    return dot(rotated(pointing(20), asks, 2), rotated(pointing(65), answers, 2)).data();
}

void by_the_way(Numbers& numbers) {
    numbers.say("rotary-near", "%.2f", score(5, 3));
    numbers.say("rotary-far", "%.2f", score(5, 0));
    numbers.count("rotary-base", 10'000);
    numbers.count("llama3-rotary-base", 500'000);
    numbers.count("llama3-billions", 405);
    numbers.count("llama3-times", 405e9 / 4192 / 1e6);
    numbers.count("llama3-cache-bytes", 32 * 8 * 128 * 2 * 2);  // of the model of 8 billion
    constexpr float weight = 0.08F;
    numbers.say("bf16-weight", "%g", weight);
    numbers.say("bf16-step", "%.5f", std::ldexp(1.0, std::ilogb(weight) - 7));
    numbers.say("bf16-lost", "%g", 0.0002);
    numbers.count("bf16-updates", 1000);
    numbers.say("bf16-should", "%.2f", weight + 1000 * 0.0002);
}

}  // namespace

void larger(Numbers& numbers) {
    by_the_way(numbers);
    const Changes all = {.is_rotary = true, .has_gains = true, .has_gates = true, .n_kv_head = 2};
    const std::vector<double> unchanged = compare(numbers, {{"none", {}},
                                                            {"rotary", {.is_rotary = true}},
                                                            {"grouped", {.n_kv_head = 2}},
                                                            {"gains", {.has_gains = true}},
                                                            {"gates", {.has_gates = true}},
                                                            {"tied", {.is_tied = true}},
                                                            {"all", all},
                                                            {"recipe", {}, as_llama},
                                                            {"bf16", {}, in_bf16},
                                                            {"masters", {}, with_masters}});
    const auto [least, most] = std::ranges::minmax(unchanged);
    numbers.say("larger-least", "%.3f", least);
    numbers.say("larger-most", "%.3f", most);
    compare(numbers, {{"slow", {}, plain, 0.001},
                      {"slow-bf16", {}, in_bf16, 0.001},
                      {"slow-masters", {}, with_masters, 0.001}});
}

}  // namespace microgpt::book
