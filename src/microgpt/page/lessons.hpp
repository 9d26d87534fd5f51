// Lessons: the small examples of chapters 2 and 3, with numbers of the reader's own.
#pragma once

#include <vector>

#include "microgpt/autograd/place.hpp"

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

}  // namespace microgpt
