// Lessons: a Scope each, and the library's own layers.
#include "microgpt/page/lessons.hpp"

#include <iterator>

#include "microgpt/model/layers.hpp"
#include "microgpt/training/descent.hpp"

namespace microgpt {

namespace {

std::vector<double> numbers_of(std::span<const double> numbers) {
    return {numbers.begin(), numbers.end()};
}

constexpr Index came_after_a[] = {0, 0, 0, 1, 2};

Value valley(Vector scores) {
    return mean_loss(std::size(came_after_a),
                     [&](std::size_t i) { return cross_entropy(scores, came_after_a[i]); });
}

InValley seen_in_valley(Vector scores, Value loss) {
    return {numbers_of(scores.data()), numbers_of(softmax(scores).data()), loss.data()};
}

}  // namespace

Scored scored(const std::vector<double>& scores, Index came) {
    const Tape::Scope scope;
    const Vector all = vector_of(scores);
    const Value surprise = cross_entropy(all, came);
    return {numbers_of(softmax(all).data()), surprise.data(), numbers_of(backward(surprise)[all])};
}

InValley valley_at(double end) {
    const Tape::Scope scope;
    const Vector scores = vector_of({end, -end / 2, -end / 2});
    return seen_in_valley(scores, valley(scores));
}

/// As descend(), on numbers that no Tape keeps: a page has another run on it.
std::vector<InValley> valley_walk(double learning_rate, Index steps) try {
    std::vector<InValley> places;
    std::vector<double> now = {0, 0, 0};
    for (Index step = 0; step <= steps; ++step) {
        const Tape::Scope scope;
        const Vector scores = vector_of(now);
        const Value loss = valley(scores);
        places.push_back(seen_in_valley(scores, loss));
        const Gradients gradients = backward(loss);
        for (Index i = 0; i < scores.size(); ++i) now[i] -= learning_rate * gradients[scores[i]];
    }
    return places;
} catch (const NumberError&) {
    throw NumberError(
        "with a step that long a score soon has no share left that a number can hold");
}

// ---- Chapter 6

static Value height(Vector p) { return (p[0] * p[0] + 50 * p[1] * p[1]) / 2; }

std::vector<InLongValley> long_valley_walk(const Adam::Config* adam, double learning_rate,
                                           Index steps) {
    const Vector p = vector_of({-6, 1});
    Adam optimizer(p, adam == nullptr ? Adam::Config() : *adam);
    std::vector<InLongValley> places;
    for (Index step = 0; step <= steps; ++step) {
        const auto [loss, gradients] = differentiate([&] { return height(p); });
        places.push_back({p.data()[0], p.data()[1], loss});
        if (adam != nullptr) {
            optimizer.step(gradients);
        } else {
            descend(p, gradients, learning_rate);
        }
    }
    return places;
}

}  // namespace microgpt
