// The sampler: read, choose, and read what was chosen.
#include "microgpt/run/sampler.hpp"

#include <algorithm>
#include <cmath>

namespace microgpt {

namespace {

/// Below it, softmax would leave all but the likeliest token nothing.
constexpr double coldest = 1e-30;

std::size_t likeliest(std::span<const double> logits) {
    const auto top = std::ranges::max_element(logits);
    if (!std::isfinite(*top)) throw NumberError("a logit is not a finite number");
    return static_cast<std::size_t>(top - logits.begin());
}

}  // namespace

std::vector<Index> sample(Engine& engine, const Choose& choose, double temperature,
                          const std::vector<Index>& prompt) {
    return sample(engine, choose, temperature, prompt, 1, 1).front();
}

/// Each place at the reader has a document; when that ends, the next one takes the place.
std::vector<std::vector<Index>> sample(Engine& engine, const Choose& choose, double temperature,
                                       const std::vector<Index>& prompt, std::size_t count,
                                       std::size_t side_by_side) {
    const auto& [vocab_size, n_layer, n_embd, n_head, block_size] = engine.config();
    const Index bos = vocab_size - 1;
    const bool is_cold = temperature < coldest;
    std::vector<std::vector<Index>> documents(count, prompt);
    const std::size_t places = std::min(side_by_side, count);
    struct Turn {
        std::size_t document;
        std::size_t read = 0;  // tokens of it, BOS among them
    };
    std::vector<Turn> at;
    std::size_t begun = 0;
    while (begun < places) at.push_back({begun++});
    if (places == 0) return documents;
    const std::unique_ptr<Reader> reader = engine.reader(places);
    std::vector<Index> tokens(places);
    for (std::size_t ended = 0; ended < count;) {
        for (std::size_t i = 0; i < places; ++i) {
            auto& [document, read] = at[i];
            if (read == 0) reader->restart(i);
            const bool idle = document >= count;  // there are no more to begin
            tokens[i] = read == 0 || idle ? bos : documents[document][read - 1];
            read = idle ? 0 : read + 1;
        }
        const std::span<const double> all =
            is_cold ? reader->read(tokens) : reader->read_probabilities(tokens, temperature);
        for (std::size_t i = 0; i < places; ++i) {
            auto& [document, read] = at[i];
            if (read <= prompt.size()) continue;
            const std::span<const double> next = all.subspan(i * vocab_size, vocab_size);
            const auto token = static_cast<Index>(is_cold ? likeliest(next) : choose(next));
            if (token != bos) documents[document].push_back(token);
            if (token != bos && documents[document].size() < block_size) continue;
            at[i] = {begun++};
            ++ended;
        }
    }
    return documents;
}

}  // namespace microgpt
