// Check: along each score the loss has the slope that chapter 2 derives.
#include "exercise.hpp"
#include "microgpt/engines/tape/kernels.hpp"
#include "microgpt/model/layers.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

namespace {

void check_scores(const std::vector<double>& scores, Index target, double slope, double before) {
    const auto n = static_cast<Index>(scores.size());
    const Vector logits = vector_of(scores);
    const Gradients expected = backward(cross_entropy(logits, target));
    std::vector<double> shares = scores;
    cross_entropy(n, shares.data(), target);
    std::vector<double> got(n, before);
    cross_entropy_backward(n, shares.data(), target, slope, got.data());
    std::vector<Number> answers;
    for (Index i = 0; i < n; ++i) {
        answers.push_back({"the slope along score " + std::to_string(i), got[i],
                           before + slope * expected[logits[i]]});
    }
    expect(slope == 1 ? "the slopes of chapter 2 are not what has been added to dlogits"
                      : "times a slope of " + written(slope) + ", the slopes are not right",
           answers);
}

}  // namespace

int main() {
    return check([] {
        Tape tape;
        check_scores({0, 3, 1, 1}, 1, 1, 0);
        check_scores({0, 3, 1, 1}, 3, 1, 0);
        check_scores({-1, 0.5, 2}, 0, 1, 7);
        check_scores({-1, 0.5, 2}, 2, 0.25, -1);
        std::vector<double> shares = {0, 3, 1, 1};
        cross_entropy(4, shares.data(), 1);
        double slopes[4] = {};
        cross_entropy_backward(4, shares.data(), 1, 1, slopes);
        std::printf("shares %7.4f %7.4f %7.4f %7.4f\n", shares[0], shares[1], shares[2], shares[3]);
        std::printf("slopes %7.4f %7.4f %7.4f %7.4f\n", slopes[0], slopes[1], slopes[2], slopes[3]);
    });
}
