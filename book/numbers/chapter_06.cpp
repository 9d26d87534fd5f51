// The figures that chapter 6 says.
#include <cmath>
#include <utility>
#include <vector>

#include "adam_runs.hpp"
#include "microgpt/run/checkpoint.hpp"
#include "microgpt/training/trainer.hpp"

namespace microgpt::book {

namespace {

const std::string folder = "chapters/06-adam/";

// ---- Adam on one number

/// Where a number that starts at 0 has got to, as each of these gradients comes.
std::vector<double> walk(const std::vector<double>& gradients) {
    const Tape tape;
    const Matrix w(1, 1, [] { return 0.0; });
    Adam adam(w.entries());
    std::vector<double> way;
    for (const double g : gradients) {
        adam.step(differentiate([&] { return w.row(0)[0] * g; }).gradients);
        way.push_back(w.row(0)[0].data());
    }
    return way;
}

void by_hand(Numbers& numbers) {
    const auto [learning_rate, beta1, beta2, epsilon] = Adam::Config();
    numbers.say("beta1", "%g", beta1);
    numbers.say("beta2", "%g", beta2);
    numbers.say("beta1-rest", "%.2f", 1 - beta1);
    numbers.say("beta2-rest", "%.2f", 1 - beta2);
    numbers.say("beta1-memory", "%.0f", 1 / (1 - beta1));
    numbers.say("beta2-memory", "%.0f", 1 / (1 - beta2));
    double m = 0;
    double v = 0;
    double bias1 = 1;
    double bias2 = 1;
    for (const auto& [step, g] : {std::pair("1", 2.0), std::pair("2", -1.0)}) {
        const std::string key = "hand-" + std::string(step);
        m = beta1 * m + (1 - beta1) * g;
        v = beta2 * v + (1 - beta2) * g * g;
        bias1 *= beta1;
        bias2 *= beta2;
        numbers.say(key + "-m", "%.3f", m);
        numbers.say(key + "-v", "%.4f", v);
        numbers.say(key + "-m-bias", "%.4f", 1 - bias1);
        numbers.say(key + "-v-bias", "%.4f", 1 - bias2);
        numbers.say(key + "-m-hat", "%.3f", m / (1 - bias1));
        numbers.say(key + "-root", "%.3f", std::sqrt(v / (1 - bias2)));
    }
    const std::vector<double> way = walk({2, -1});
    numbers.say("hand-1-step", "%.4f", -way[0]);
    numbers.say("hand-2-step", "%.4f", way[0] - way[1]);
    numbers.say("steady", "%.4f", -walk({1, 1, 1, 1, 1, 1, 1, 1}).back());
    const std::vector<double> to_and_fro = walk({1, -1, 1, -1, 1, -1, 1, -1});
    numbers.say("wavering", "%.4f", -to_and_fro.back());
    for (const int step : {3, 5, 7}) {
        numbers.say("wavering-" + std::to_string(step), "%.4f",
                    to_and_fro[step - 2] - to_and_fro[step - 1]);
    }
    numbers.say("wavering-back", "%.4f", to_and_fro[1] - to_and_fro[0]);
}

/// How much longer Adam's steps are if its means are taken as they are.
void uncorrected(Numbers& numbers) {
    const auto longer = [](Index step) {
        const auto [rate, root_scale] = Adam::pace({}, step, 1);
        return Adam::Config().learning_rate / rate * root_scale;
    };
    Index peak = 1;
    while (longer(peak + 1) > longer(peak)) ++peak;
    numbers.say("uncorrected-first", "%.1f", longer(1));
    numbers.count("uncorrected-peak-step", peak);
    numbers.say("uncorrected-peak", "%.1f", longer(peak));
    numbers.say("uncorrected-100", "%.2f", longer(100));
}

// ---- The picture of the valley

void valley(Numbers& numbers) {
    const double rate = 0.036;
    numbers.say("valley-rate", "%g", rate);
    numbers.say("valley-across", "%.1f", rate * 50 - 1);
    numbers.say("valley-along", "%.3f", 1 - rate);
    numbers.say("valley-left", "%.2f", std::pow(1 - rate, 40));
    numbers.say("valley-adam-rate", "%g", 0.5);
    numbers.say("valley-limit", "%.2f", 2.0 / 50);
}

}  // namespace

void chapter_06(Numbers& numbers) {
    const std::string output = folder + "output.txt";
    numbers.count("steps", Settings().steps);
    numbers.say("learning-rate", "%g", Adam::Config().learning_rate);
    numbers.recorded("last-loss", output, "its last: ([0-9.]+)");
    numbers.recorded("mean-first-100", output, "  1- 100 +([0-9.]+)");
    numbers.recorded("mean-last-100", output, "901-1000 +([0-9.]+)");
    numbers.recorded("descent-rate", output, "plain descent at ([0-9.]+)");
    numbers.recorded("descent-first-100", output, "  1- 100 +[0-9.]+ +([0-9.]+)");
    numbers.recorded("descent-last-100", output, "901-1000 +[0-9.]+ +([0-9.]+)");
    by_hand(numbers);
    uncorrected(numbers);
    valley(numbers);
    adam_runs(numbers);

    const std::string breaks = folder + "breaks/";
    numbers.recorded("kept-20", breaks + "keep-gradients.txt", "step +20, loss ([0-9.]+)");
    numbers.recorded("kept-220", breaks + "keep-gradients.txt", "step +220, loss ([0-9.]+)");
    numbers.recorded("uncorrected-mean-first-100", breaks + "no-correction.txt",
                     "  1- 100 +([0-9.]+)");
    numbers.recorded("uncorrected-mean-last-100", breaks + "no-correction.txt",
                     "901-1000 +([0-9.]+)");
    numbers.recorded("undecayed-last-100", breaks + "no-decay.txt", "901-1000 +([0-9.]+)");
}

}  // namespace microgpt::book
