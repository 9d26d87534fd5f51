// NameLessons: the loops of chapters 3 and 6.
#include "microgpt/page/name_lessons.hpp"

#include "microgpt/data/text.hpp"
#include "microgpt/training/descent.hpp"
#include "microgpt/training/trainer.hpp"

namespace microgpt {

static std::vector<std::string_view> shuffled(std::vector<std::string_view> names, Random& random) {
    random.shuffle(names);
    return names;
}

static Draw weights_of(Random& random) {
    return [&random] { return random.gauss(0, 0.08); };
}

NameCourse::NameCourse()
    : names(shuffled(documents(data.text, data.name), random)), tokenizer(names) {}

std::vector<double> name_losses(const Adam::Config* adam, double learning_rate, Index steps) {
    constexpr Index of_steps = 1000;
    NameCourse course;
    const Gpt gpt({.vocab_size = course.tokenizer.vocab_size()}, weights_of(course.random));
    Adam optimizer(gpt.parameters(), adam == nullptr ? Adam::Config() : *adam);
    std::vector<double> losses;
    for (Index step = 0; step < steps; ++step) {
        const auto [loss, gradients] = differentiate(gpt, course.tokens(step));
        losses.push_back(loss);
        const double decay = linear_decay(step, of_steps);
        if (adam != nullptr) {
            optimizer.step(gradients, decay);
        } else {
            descend(gpt.parameters(), gradients, learning_rate * decay);
        }
    }
    return losses;
}

// ---- Chapter 3

constexpr Index n_embd = 16;

BigramTable::BigramTable()
    : wte_(tokenizer().vocab_size(), n_embd, weights_of(course_.random)),
      mlp_(n_embd, weights_of(course_.random)),
      lm_head_(tokenizer().vocab_size(), n_embd, weights_of(course_.random)) {}

Vector BigramTable::scores(Index token) const {
    const Vector x = rmsnorm(wte_.row(token));
    return linear(x + mlp_(x), lm_head_);
}

double BigramTable::train(Index steps, double learning_rate) try {
    return mean_loss(steps, [&](std::size_t) {
        const std::vector<Index> tokens = course_.tokens(step_++);
        const auto [loss, gradients] = differentiate([&] {
            return mean_loss(tokens.size() - 1, [&](std::size_t i) {
                return cross_entropy(scores(tokens[i]), tokens[i + 1]);
            });
        });
        descend(parameters_of(wte_, lm_head_), gradients, learning_rate);
        return loss;
    });
} catch (const NumberError&) {
    throw NumberError(
        "with a step that long a letter soon has no share left that a number can hold");
}

std::vector<std::vector<double>> BigramTable::shares() const {
    std::vector<std::vector<double>> rows;
    for (Index token = 0; token < tokenizer().vocab_size(); ++token) {
        const Tape::Scope scope;
        const Vector probs = softmax(scores(token));
        rows.emplace_back(probs.data().begin(), probs.data().end());
    }
    return rows;
}

}  // namespace microgpt
