// Lessons: the small examples of chapters 2, 3 and 6, with numbers of the reader's own.
#pragma once

#include <vector>

#include "microgpt/training/adam.hpp"

namespace microgpt {

/// What softmax makes of scores, and how they ought to have been pushed once something came.
struct Scored {
    std::vector<double> shares;
    double surprise;             // cross_entropy, in nats
    std::vector<double> slopes;  // of that, along each score
};

/// Throws TapeError for no scores, or if `came` is none of them; NumberError for scores that are
/// not finite.
Scored scored(const std::vector<double>& scores, Index came);

/// Where descent is in its valley: three scores, for the end, v and n, and their mean surprise at
/// what came after an a in ava, anna and emma: the end three times, a v, an n.
struct InValley {
    std::vector<double> scores;
    std::vector<double> shares;
    double loss;
};

/// The valley where the end has a score and the other two half of it, with the sign turned.
InValley valley_at(double end);

/// The way down from three scores of 0: before the first step, and after each. It ends early where
/// the numbers do.
std::vector<InValley> valley_walk(double learning_rate, Index steps);

/// A place in chapter 6's valley, fifty times as steep across as along, and its height there:
/// (x² + 50 y²) / 2.
struct InLongValley {
    double x;
    double y;
    double height;
};

/// The way down from (-6, 1), by Adam or, where that is null, by plain descent at a rate. Leaves
/// two numbers on the Tape, for an optimizer changes none of a Scope.
std::vector<InLongValley> long_valley_walk(const Adam::Config* adam, double learning_rate,
                                           Index steps);

}  // namespace microgpt
