// Measure: whether an idea helps, by ten networks that learn with it and ten that learn without.
#pragma once

#include <algorithm>
#include <cstdio>

#include "exercise.hpp"
#include "microgpt/autograd/matrix.hpp"
#include "microgpt/data/dataset.hpp"
#include "microgpt/data/tokenizer.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/training/descent.hpp"

namespace microgpt::exercise {

/// A seed, and what it makes of the names: two hundred that nobody reads, and some to read. They
/// are different spellings.
struct Lesson {
    explicit Lesson(std::uint64_t seed, std::vector<std::string_view> names, std::size_t count)
        : random(seed), tokenizer(names) {
        random.shuffle(names);
        for (std::size_t i = 0; i < names.size() && to_read.size() < count; ++i) {
            (i < 200 ? kept_back : to_read).push_back(tokenizer.encode(names[i], 17));
        }
    }
    Draw draw() {
        return [this] { return random.gauss(0, 0.08); };
    }

    Random random;
    Tokenizer tokenizer;
    std::vector<std::vector<Index>> to_read;
    std::vector<std::vector<Index>> kept_back;
};

/// What `learn` makes of ten seeds with so many names, each on a Tape of its own.
template <class Learn>
std::vector<double> over_seeds(Learn learn, std::size_t count = 2000) {
    std::vector<std::string_view> names = load_names();
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::vector<double> losses;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        Lesson lesson(seed, names, count);
        const Tape tape;
        losses.push_back(learn(lesson));
    }
    return losses;
}

/// A step for each name that is to be read: `step` gets its gradients, and what is left of the
/// learning rate, from 1 down to nearly 0.
template <class Loss, class Step>
void read_all(const Lesson& lesson, Loss loss, Step step) {
    const auto steps = static_cast<double>(lesson.to_read.size());
    double left = 1;
    for (const std::vector<Index>& tokens : lesson.to_read) {
        step(differentiate([&] { return loss(tokens); }).gradients, left);
        left -= 1 / steps;
    }
}

/// The mean loss of the names that were kept back.
template <class Loss>
double judged(const Lesson& lesson, Loss loss) {
    const auto one = [&](std::size_t i) {
        const Tape::Scope scope;
        return loss(lesson.kept_back[i]).data();
    };
    return mean_loss(lesson.kept_back.size(), one);
}

/// The same, once plain descent has read all with a falling rate.
template <class Network, class Loss>
double learned_by_descent(const Lesson& lesson, const Network& network, Loss loss, double rate) {
    read_all(lesson, loss, [&](const Gradients& gradients, double left) {
        descend(network.parameters(), gradients, rate * left);
    });
    return judged(lesson, loss);
}

/// Whether it was better, seed for seed: the two means, and how often.
inline void print_seeds(const char* before, const std::vector<double>& old_losses,
                        const char* after, const std::vector<double>& new_losses) {
    const auto mean = [](const std::vector<double>& losses) {
        return mean_loss(losses.size(), [&](std::size_t i) { return losses[i]; });
    };
    int lower = 0;
    for (std::size_t i = 0; i < old_losses.size(); ++i) lower += new_losses[i] < old_losses[i];
    std::printf("%-24s mean loss of unread names %.4f\n", before, mean(old_losses));
    std::printf("%-24s %29.4f, lower with %d of %zu seeds\n", after, mean(new_losses), lower,
                old_losses.size());
}

}  // namespace microgpt::exercise
