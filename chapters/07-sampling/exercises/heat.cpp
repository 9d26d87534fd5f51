// Check: scores are divided by the temperature.
// Cheat: weights.assign(logits.size(), @);
#include "exercise.hpp"
#include "microgpt/engines/engine.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

int main() {
    return check([] {
        const std::vector<double> scores = {0, 4, 1};
        for (const double temperature : {2.0, 0.5, 1.0}) {
            const std::vector<double> shares = softmax(scores, temperature);
            double total = 0;
            for (const double score : scores) total += std::exp(score / temperature);
            std::vector<Number> answers;
            for (std::size_t i = 0; i < scores.size(); ++i) {
                answers.push_back({"the share of score " + written(scores[i]) + " at temperature " +
                                       written(temperature),
                                   number(shares, i), std::exp(scores[i] / temperature) / total});
            }
            expect("at temperature " + written(temperature) + " the shares are not right", answers);
        }
        expect("a temperature near 0 should leave everything to the best score",
               {{"its share", number(softmax(scores, 1e-6), 1), 1}});
        for (const double temperature : {0.5, 1.0, 2.0}) {
            const std::vector<double> shares = softmax(scores, temperature);
            std::printf("at %.1f the scores 0, 4 and 1 have the shares %.4f %.4f %.4f\n",
                        temperature, shares[0], shares[1], shares[2]);
        }
    });
}
