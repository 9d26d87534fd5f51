// Description: what a checkpoint is, and what it says in words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "microgpt/files/safetensors.hpp"
#include "microgpt/run/corpus.hpp"
#include "microgpt/run/settings.hpp"
#include "microgpt/training/adam.hpp"

namespace microgpt {

/// Enough to go on from, digit for digit.
struct Checkpoint {
    Settings settings;
    DataDescription data;
    Vocabulary vocabulary;
    std::vector<std::uint64_t> random;  // the state of the recipe's generator
    std::vector<double> losses;         // of the steps that were done
    std::vector<double> parameters;     // in the order of Gpt::parameters()
    Adam::State adam;

    /// The sizes of its model.
    GptConfig config() const {
        return settings.config(static_cast<Index>(vocabulary.tokens.size() + 1));
    }
};

/// The same checkpoint. Throws std::invalid_argument for settings that make no run, and unless it
/// has as many numbers as its sizes and steps say, all of them finite.
const Checkpoint& checked(const Checkpoint& checkpoint);

/// All of it but what is a tensor, as JSON. In names, what is not UTF-8 becomes U+FFFD.
std::string describe(const Checkpoint& checkpoint);

/// A Checkpoint without tensors. Throws FormatError or std::invalid_argument unless every field
/// makes sense.
Checkpoint read_description(std::string_view text);

}  // namespace microgpt
