// Models of many shapes, and documents for them.
#pragma once

#include <memory>
#include <vector>

#include "microgpt/engines/engine.hpp"
#include "microgpt/random/random.hpp"

namespace microgpt {

/// Sizes large and small, even and odd, so that no engine fits by luck.
inline const std::vector<GptConfig> ten_shapes = {
    {.vocab_size = 27},
    {.vocab_size = 27, .n_layer = 2, .n_embd = 32, .n_head = 8, .block_size = 8},
    {.vocab_size = 5, .n_embd = 1, .n_head = 1, .block_size = 3},
    {.vocab_size = 11, .n_embd = 6, .n_head = 2, .block_size = 7},
    {.vocab_size = 40, .n_layer = 3, .n_embd = 10, .n_head = 2, .block_size = 5},
    {.vocab_size = 3, .n_layer = 2, .n_embd = 8, .n_head = 8, .block_size = 20},
    {.vocab_size = 27, .n_embd = 24, .n_head = 2, .block_size = 16},
    {.vocab_size = 65, .n_embd = 20, .n_head = 1, .block_size = 33},
    {.vocab_size = 9, .n_layer = 4, .n_embd = 4, .n_head = 2, .block_size = 1},
    {.vocab_size = 27, .n_layer = 2, .n_embd = 48, .n_head = 3, .block_size = 9},
};

/// A model of random weights, the same whatever the kind.
inline std::unique_ptr<Engine> engine_of(const EngineKind& kind, const GptConfig& config) {
    Random random(7);
    return kind.make({.config = config}, [&] { return random.gauss(0, 0.3); });
}

/// Some documents of two tokens up to more than block_size, with repetitions.
inline std::vector<std::vector<Index>> documents_for(const GptConfig& config) {
    Random random(3);
    std::vector<std::vector<Index>> documents;
    for (const Index length : {Index{2}, config.block_size, config.block_size + 3}) {
        documents.emplace_back();
        for (Index i = 0; i < std::max<Index>(length, 2); ++i) {
            const double token = random.random() * config.vocab_size;
            documents.back().push_back(static_cast<Index>(token));
        }
    }
    return documents;
}

}  // namespace microgpt
