// Checkpoint: all that a run is between two steps, in a file and out of it.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

#include "microgpt/files/save.hpp"
#include "microgpt/run/description.hpp"

namespace microgpt {

/// The bytes of a safetensors file: each matrix under its name, Adam's means as "adam.m.wte" and
/// "adam.v.wte", the losses; and all the rest in the metadata, with a SHA-256 of the whole. Throws
/// as checked().
std::string to_bytes(const Checkpoint& checkpoint);

/// The Checkpoint of such bytes. Throws FormatError unless every size, name, shape and number
/// in it makes sense and none has changed since it was written; the order of the tensors may have.
Checkpoint from_bytes(const std::string& bytes);

/// The same, whose FormatError begins with the name of the file that they are from.
Checkpoint from_bytes(const std::string& bytes, const std::string& file);

/// The Checkpoint in a file. Throws FileError, or FormatError as from_bytes().
Checkpoint load_checkpoint(const std::filesystem::path& file);

/// Writes it to a file, as write_file(). Throws FileError, or as to_bytes().
inline void save_checkpoint(const Checkpoint& checkpoint, const std::filesystem::path& file) {
    write_file(file, to_bytes(checkpoint));
}

/// The file of a milestone: in its name, but in no folder's, the number of steps takes the place of
/// every {step}. Throws std::invalid_argument for any other word in braces.
std::filesystem::path milestone(const std::filesystem::path& pattern, Index steps);

}  // namespace microgpt
