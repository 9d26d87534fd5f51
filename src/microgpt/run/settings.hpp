// Settings: what decides a run's numbers, beside its data.
#pragma once

#include <cstdint>
#include <string>

#include "microgpt/model/gpt.hpp"

namespace microgpt {

/// The defaults are the original's.
struct Settings {
    std::string recipe = "python";  // or "elixir"
    std::uint64_t seed = 42;
    Index steps = 1000;
    Index n_layer = 1;
    Index n_embd = 16;
    Index n_head = 4;
    Index block_size = 16;
    Index batch = 1;  // documents a step, one at the least
    double learning_rate = 0.01;
    double held_out = 0;  // the share of the spellings that are kept from the training
    Index tokens = 0;     // pieces to learn and cut the data into; 0 is by characters
    bool stream = false;  // the data is one text, and not a document a line

    /// The sizes of the model, given how many tokens there are.
    GptConfig config(Index vocab_size) const {
        return {vocab_size, n_layer, n_embd, n_head, block_size};
    }
};

/// The same settings. Throws std::invalid_argument if no run can begin with them: for sizes that
/// make no model, an empty batch, a learning rate that is not a finite number above 0, a share held
/// out that is not from 0 to below 1, fewer tokens than bytes.
Settings checked(const Settings& settings);

}  // namespace microgpt
