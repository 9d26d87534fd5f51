// Check: each document begins with BOS in an empty context, and goes on from there.
#include "exercise.hpp"
#include "microgpt/engines/sampler.hpp"
#include "microgpt/engines/value_engine.hpp"
#include "microgpt/random/random.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

namespace {

/// The token with the second largest weight: never at random, and no model expects it.
std::size_t second_best(std::span<const double> weights) {
    std::vector<double> others(weights.begin(), weights.end());
    *std::ranges::max_element(others) = -1;
    return static_cast<std::size_t>(std::ranges::max_element(others) - others.begin());
}

std::string written_out(const std::vector<Index>& tokens) {
    std::string text;
    for (const Index token : tokens) text += static_cast<char>('a' + token);
    return text;
}

/// The same by a loop: a document's tokens, in a context of its own.
std::vector<Index> by_hand(const Gpt& gpt) {
    Gpt::Context context = gpt.empty_context();
    const Index bos = gpt.config().vocab_size - 1;
    std::vector<Index> tokens;
    for (Index token = bos; tokens.size() < gpt.config().block_size;) {
        token = static_cast<Index>(second_best(gpt(token, context).data()));
        if (token == bos) break;
        tokens.push_back(token);
    }
    return tokens;
}

}  // namespace

int main() {
    return check([] {
        const GptConfig config = {
            .vocab_size = 8, .n_layer = 1, .n_embd = 8, .n_head = 2, .block_size = 6};
        Tape tape;
        std::string invented;
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            Random weights(seed);
            const Gpt gpt(config, [&] { return weights.gauss(0, 1); });
            const std::string expected = written_out(by_hand(gpt));
            Random again(seed);
            ValueEngine engine(
                config, [&] { return again.gauss(0, 1); }, 0.01);
            const auto documents =
                sample(engine, Choose(second_best), {.temperature = 1, .count = 3});
            for (std::size_t i = 0; i < documents.size(); ++i) {
                const std::string got = written_out(documents[i]);
                expect("name " + std::to_string(i + 1) + " of a model that can only say \"" +
                           expected + "\" is \"" + got + "\"",
                       got == expected);
            }
            invented += " " + expected;
        }
        std::printf("five models, three times each:%s\n", invented.c_str());
    });
}
