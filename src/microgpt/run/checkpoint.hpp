// Checkpoint: all that a run is between two steps, in a file.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "microgpt/files/safetensors.hpp"
#include "microgpt/files/save.hpp"
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

/// The same checkpoint. Throws std::invalid_argument for settings that make no run, and unless it
/// has as many numbers as its sizes and steps say, all of them finite.
inline const Checkpoint& checked(const Checkpoint& checkpoint) {
    checked(checkpoint.settings);
    const auto require = [&](const std::vector<double>& numbers, double count) {
        const auto is_finite = [](double x) { return std::isfinite(x); };
        if (static_cast<double>(numbers.size()) != count ||
            !std::ranges::all_of(numbers, is_finite)) {
            throw std::invalid_argument("a checkpoint with other numbers than a run has");
        }
    };
    const double count = count_parameters(checkpoint.config());
    require(checkpoint.parameters, count);
    require(checkpoint.adam.m, count);
    require(checkpoint.adam.v, count);
    require(checkpoint.losses, checkpoint.adam.steps);
    return checkpoint;
}

/// The bytes of a safetensors file: each matrix under its name, Adam's means as "adam.m.wte" and
/// "adam.v.wte", the losses; and all the rest in the metadata, with a SHA-256 of the whole. Throws
/// as checked().
std::string to_bytes(const Checkpoint& checkpoint);

/// The Checkpoint of such bytes. Throws FormatError unless every size, name, shape and number
/// in it makes sense and not a bit has changed since it was written.
Checkpoint from_bytes(const std::string& bytes);

/// The Checkpoint in a file. Throws FileError, or FormatError as from_bytes().
Checkpoint load_checkpoint(const std::filesystem::path& file);

/// Writes it to a file, as write_file(). Throws FileError, or as to_bytes().
inline void save_checkpoint(const Checkpoint& checkpoint, const std::filesystem::path& file) {
    write_file(file, to_bytes(checkpoint));
}

}  // namespace microgpt
