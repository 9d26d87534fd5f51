// Check: the k likeliest are kept as they are; then how many of a thousand names are names.
// Cheat: return std::vector<double>(shares.size(), @);
#include "exercises/top.hpp"

#include <set>

#include "exercise.hpp"
#include "microgpt/data/dataset.hpp"
#include "microgpt/data/tokenizer.hpp"
#include "microgpt/engines/sampler.hpp"
#include "microgpt/engines/value_engine.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/training/adam.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

namespace {

void check_row(const std::vector<double>& shares, std::size_t k,
               const std::vector<double>& expected) {
    const std::vector<double> kept = top_k(shares, k);
    expect("there should be as many shares as before, some of them 0",
           kept.size() == shares.size());
    std::vector<Number> answers;
    for (std::size_t i = 0; i < kept.size(); ++i) {
        answers.push_back({"share " + std::to_string(i) + ", of the best " + std::to_string(k),
                           kept[i], expected[i]});
    }
    expect(
        "the " + std::to_string(k) + " likeliest should be kept as they are, and the others be 0",
        answers);
}

void count_names() {
    std::vector<std::string_view> docs = load_names();
    const std::set<std::string_view> known(docs.begin(), docs.end());
    Random random(42);
    random.shuffle(docs);
    const Tokenizer tokenizer(docs);
    Tape tape;
    ValueEngine engine(
        {.vocab_size = tokenizer.vocab_size()}, [&] { return random.gauss(0, 0.08); }, 0.01);
    for (Index step = 0; step < 1000; ++step) {
        const std::vector<Index> tokens = tokenizer.encode(docs[step], 17);
        engine.step(std::span(&tokens, 1), linear_decay(step, 1000));
    }
    for (const std::size_t k : {27U, 10U, 5U, 2U}) {
        const Choose choose = [&](std::span<const double> shares) {
            return random.choices(top_k(shares, k));
        };
        int names = 0;
        const auto all =
            sample(engine, choose, {.temperature = 1, .count = 1000, .side_by_side = 50});
        for (const auto& tokens : all)
            names += static_cast<int>(known.count(tokenizer.decode(tokens)));
        std::printf("from the best %2zu: %3d of 1000 stand in the list\n", k, names);
    }
}

}  // namespace

int main() {
    return check([] {
        check_row({0.5, 0.1, 0.4}, 2, {0.5, 0, 0.4});
        check_row({0.1, 0.2, 0.3, 0.4}, 1, {0, 0, 0, 0.4});
        check_row({0.25, 0.25, 0.25, 0.25}, 3, {0.25, 0.25, 0.25, 0});
        check_row({0.7, 0.3}, 9, {0.7, 0.3});
        count_names();
    });
}
