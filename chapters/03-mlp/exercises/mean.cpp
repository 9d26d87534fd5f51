// Check: a mean is the sum of all, each once, over how many they are.
#include "exercise.hpp"
#include "microgpt/training/descent.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

namespace {

double mean_of(const std::vector<double>& numbers) {
    return mean_loss(numbers.size(), [&](std::size_t i) { return numbers[i]; });
}

}  // namespace

int main() {
    return check([] {
        expect("the mean of one number is not that number", {{"the mean of 5", mean_of({5}), 5}});
        expect("the mean of 1, 2 and 3 is not 2",
               {{"the mean of 1, 2 and 3", mean_of({1, 2, 3}), 2}});
        expect("the mean of -1, 4, 0, 9 and 8 is not 4",
               {{"the mean of -1, 4, 0, 9 and 8", mean_of({-1, 4, 0, 9, 8}), 4}});
        Tape tape;
        const Vector x = vector_of({2, 3, 4});
        const auto [loss, gradients] = differentiate(
            [&] { return mean_loss(3, [&](std::size_t i) { return x[static_cast<Index>(i)]; }); });
        expect("a mean of three should move a third as fast with each of them",
               {{"the slope along the first", gradients[x[0]], 1.0 / 3}});
        std::printf("the mean of 2, 3 and 4 is %g, and moves %.4f times as fast as each\n", loss,
                    gradients[x[0]]);
    });
}
