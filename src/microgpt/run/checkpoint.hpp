// Checkpoint: all that a run is between two steps, in a file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
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
    std::vector<std::string> vocabulary;  // every character, in the order of their tokens
    std::vector<std::uint64_t> random;    // the state of the recipe's generator
    std::vector<double> losses;           // of the steps that were done
    std::vector<double> parameters;       // in the order of Gpt::parameters()
    Adam::State adam;

    /// The sizes of its model.
    GptConfig config() const { return settings.config(static_cast<Index>(vocabulary.size() + 1)); }
};

/// The bytes of a safetensors file: each matrix under its name, Adam's means as "adam.m.wte" and
/// "adam.v.wte", the losses; and all the rest in the metadata, with a SHA-256 of the whole.
std::string to_bytes(const Checkpoint& checkpoint);

/// The Checkpoint of such bytes. Throws FormatError unless every size, name, shape and number
/// in it makes sense and not a bit has changed since it was written.
Checkpoint from_bytes(const std::string& bytes);

/// The Checkpoint in a file. Throws FileError, or FormatError as from_bytes().
Checkpoint load_checkpoint(const std::filesystem::path& file);

}  // namespace microgpt
