// GptMatrices: a model's matrices, or whatever stands for them, each by its name.
#pragma once

#include <vector>

#include "microgpt/model/gpt.hpp"

namespace microgpt {

/// One for each of shapes().
template <class Matrix>
struct GptMatrices {
    struct Block {
        Matrix wq, wk, wv, wo, fc1, fc2;
    };

    /// make(shape) makes each, in the order of shapes().
    template <class Make>
    GptMatrices(const GptConfig& config, Make make) {
        const std::vector<Shape> all = shapes(config);
        auto shape = all.begin();
        const auto next = [&] { return make(*shape++); };
        wte = next();
        wpe = next();
        lm_head = next();
        while (shape != all.end())
            blocks.push_back({next(), next(), next(), next(), next(), next()});
    }

    Matrix wte{}, wpe{}, lm_head{};
    std::vector<Block> blocks;
};

}  // namespace microgpt
