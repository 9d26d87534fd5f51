// The figures that chapter 11 says: read in what its program has printed, and reckoned from that.
#include <algorithm>
#include <cmath>

#include "microgpt/files/file.hpp"
#include "microgpt/model/gpt.hpp"
#include "numbers.hpp"
#include "towns.hpp"

namespace microgpt::book {

namespace {

const std::string output = "chapters/11-own/output.txt";
const std::string broken = "chapters/11-own/breaks/no-reference.txt";

double read(const std::string& pattern) { return Numbers::read(output, pattern); }

void raw_file(Numbers& numbers) {
    numbers.count("own-rows", read("as they are +([0-9]+)  "));
    numbers.recorded("own-raw-letters", output, "as they are +[0-9]+ +([0-9]+)");
    numbers.count("own-raw-parameters", read("as they are ([0-9]+) parameters"));
    numbers.count("own-clean", read("of 15 letters at most +([0-9]+)"));
    const Names raw = column(read_file(MICROGPT_SOURCE_DIR "/data/towns.csv"), "name");
    const auto is_zurich = [](const std::string& name) {
        return without_addition(decoded_again(name)) == "Zürich";
    };
    numbers.count("own-zurich", static_cast<double>(std::ranges::count_if(raw, is_zurich)));
    numbers.recorded("own-letters", output, "of 15 letters at most +[0-9]+ +([0-9]+)");
}

// ---- Which rate, which size

/// A number of a size's row: `columns` come between the parameters and it.
std::string of_size(const std::string& size, int columns) {
    return "\n +2372 +" + size + " +[0-9]+(?: +[0-9.]+){" + std::to_string(columns) +
           "} +([0-9.]+)";
}
constexpr int after_200 = 0, at_the_end = 4, spread = 5, was_read = 6;

void sizes(Numbers& numbers) {
    numbers.say("own-rate", "%g", 0.01);
    numbers.say("own-large-rate", "%g", 0.03);
    const std::string narrow = "16 +1";
    const std::string middle = "32 +1";
    const std::string wide = "64 +1";
    const auto parameters = [](const std::string& size) {
        return read("\n +2372 +" + size + " +([0-9]+)");
    };
    numbers.say("own-wide-times", "%.1f", parameters(wide) / parameters(middle));
    numbers.recorded("own-held-32", output, of_size(middle, at_the_end));
    numbers.recorded("own-held-64", output, of_size(wide, at_the_end));
    numbers.recorded("own-spread-32", output, of_size(middle, spread));
    numbers.recorded("own-read-32", output, of_size(middle, was_read));
    numbers.recorded("own-read-64", output, of_size(wide, was_read));
    const auto end = [](const std::string& size) { return read(of_size(size, at_the_end)); };
    numbers.say("own-gain-16", "%.2f", end("8 +1") - end(narrow));
    numbers.say("own-gain-32", "%.2f", end(narrow) - end(middle));
    const double times = parameters(wide) / parameters(narrow);
    numbers.say("own-cost-64", "%.0f", times);
    numbers.say("own-same-work", "%.0f", 1000 / times);
    numbers.recorded("own-wide-200", output, of_size(wide, after_200));
    numbers.recorded("own-narrow-end", output, of_size(narrow, at_the_end));
    const double towns = read("\n([0-9]+) towns to read");
    numbers.say("own-times-read", "%.0f", 1000 * 16 / towns);

    const std::string few = "\n +([0-9]+) +32 +1 +[0-9]+ +[0-9.]+ +[3-9]";
    numbers.recorded("own-few", output, few);
    numbers.say("own-few-times", "%.0f", 1000 * 16 / read(few));
    numbers.say("own-few-200", "%.1f", read("\n +297 +32 +1 +[0-9]+ +([0-9.]+)"));
    numbers.say("own-few-held", "%.1f", read("\n +297 +32 +1 +[0-9]+(?: +[0-9.]+){4} +([0-9.]+)"));
    numbers.recorded("own-few-read", output, "\n +297 +32 +1 +[0-9]+(?: +[0-9.]+){6} +([0-9.]+)");
    numbers.say("own-blind", "%.1f", std::log(read("of 15 letters at most +[0-9]+ +([0-9]+)") + 1));
}

// ---- From names to towns

/// A number of the row of so many steps.
double after(int steps, int column) {
    return read("\n +" + std::to_string(steps) + "(?: +[0-9.]+){" + std::to_string(column) +
                "} +([0-9]\\.[0-9]{4})(?: +[0-9.]+){" + std::to_string(5 - column) + "}\n");
}
constexpr int fresh = 0, begun = 2, names = 4;

void tuning(Numbers& numbers) {
    numbers.count("own-tuning-steps", 300);
    numbers.say("own-names-before", "%.4f", after(0, names));
    numbers.say("own-begun-0", "%.2f", after(0, begun));
    numbers.say("own-fresh-0", "%.2f", after(0, fresh));
    const double share =
        (after(30, fresh) - after(30, begun)) / (after(30, fresh) - after(100, fresh));
    numbers.say("own-fresh-steps", "%.0f", 30 * std::pow(100.0 / 30, share));
    numbers.say("own-ahead-100", "%.2f", after(100, fresh) - after(100, begun));
    numbers.say("own-ahead-1000", "%.2f", after(1000, fresh) - after(1000, begun));
    numbers.say("own-names-300", "%.4f", after(300, names));
    numbers.say("own-names-1000", "%.4f", after(1000, names));
    numbers.recorded("own-mix-10-names", output, "\n1 in 11 +0.01 +[0-9.]+ +[0-9.]+ +([0-9.]+)");
    numbers.say("own-mix-10-price", "%.2f",
                read("\n1 in 11 +0.01 +([0-9.]+)") - read("\ntowns +0.01 +([0-9.]+)"));
    const auto letters = static_cast<Index>(read("of 15 letters at most +[0-9]+ +([0-9]+)"));
    const Index q = 1;  // which names have and towns don't
    numbers.count("own-tuned-parameters", count_parameters({.vocab_size = letters + q + 1}));
}

// ---- Which of two

/// A column of the row of such a model: its share of vowels the first.
std::string judged(const std::string& model, int column) {
    return "\n +" + model + "(?: +[0-9.]+){" + std::to_string(column) + "} +([0-9.]+)";
}
constexpr int vowel = 0, different = 1, length = 2, nats = 3, vowel_loss = 4;

void preferences(Numbers& numbers) {
    numbers.say("own-tenth", "%g", 0.1);
    numbers.say("own-fifth", "%g", 0.2);
    numbers.say("own-smallest", "%g", 0.03);
    numbers.say("own-log-2", "%.4f", std::log(2));
    numbers.recorded("own-hand-1", output, "beta 1 +loss ([0-9.]+)");
    numbers.recorded("own-hand-slope", output, "beta 1 +loss [0-9.]+ +slopes ([-0-9.]+)");
    numbers.recorded("own-hand-01", output, "beta 0.1 +loss ([0-9.]+)");
    numbers.recorded("own-pairs", output, "([0-9]+) pairs");
    const std::string before = "0.1 +0";
    numbers.recorded("own-vowel-before", output, judged(before, vowel));
    numbers.recorded("own-vowel-10", output, judged("10 +100", vowel));
    numbers.recorded("own-vowel-1", output, judged("1 +100", vowel));
    numbers.say("own-least", "%.2f", std::log(1 / read(judged(before, vowel))));
    numbers.recorded("own-nats-1", output, judged("1 +100", nats));
    numbers.recorded("own-nats-10", output, judged("10 +100", nats));
    numbers.recorded("own-length-10", output, judged("10 +100", length));
    numbers.recorded("own-vowel-loss-before", output, judged(before, vowel_loss));
    numbers.recorded("own-vowel-loss-1", output, judged("1 +100", vowel_loss));
    numbers.recorded("own-different-003", output, judged("0.03 +100", different));
    numbers.say("own-length-003", "%.0f", read(judged("0.03 +100", length)));
    numbers.recorded("own-different-worst", output, judged("0.03 +1000", different));
    numbers.say("own-nats-worst", "%.0f", read(judged("0.03 +1000", nats)));
    numbers.recorded("own-no-reference-length", broken, judged("10 +100", length));
    numbers.recorded("own-no-reference-nats", broken, judged("10 +100", nats));
}

}  // namespace

void chapter_11(Numbers& numbers) {
    raw_file(numbers);
    sizes(numbers);
    tuning(numbers);
    preferences(numbers);
}

}  // namespace microgpt::book
