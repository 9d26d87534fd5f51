// Check: a pair's loss falls as the preferred name gains more than the other.
// Cheat: return @ + 0 * (preferred + other);
#include "exercise.hpp"
#include "preference.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

int main() {
    return check([] {
        const Tape tape;
        const Value preferred(-11);
        const Value other(-12);
        const auto loss = [&](const Shares& reference, double beta) {
            return preference_loss(preferred, other, reference, beta);
        };
        expect("a model that is still its reference should lose log 2",
               {{"the loss where nothing has changed", loss({-11, -12}, 1).data(), std::log(2)}});
        const Value halved = loss({-12, -11}, 1);
        const Gradients slopes = backward(halved);
        expect("of what was gained the difference should count, through -log sigmoid",
               {{"the loss where one has gained 1 and the other lost 1", halved.data(),
                 std::log(1 + std::exp(-2))},
                {"its slope along the preferred", slopes[preferred], -1 / (1 + std::exp(2))},
                {"along the other", slopes[other], 1 / (1 + std::exp(2))}});
        expect("beta should scale the difference before anything else",
               {{"the same loss with a beta of 0.1", loss({-12, -11}, 0.1).data(),
                 std::log(1 + std::exp(-0.2))}});
        for (const double beta : {0.03, 0.1, 1.0}) {
            std::printf("beta %-4g  loss %.4f\n", beta, loss({-12, -11}, beta).data());
        }
    });
}
