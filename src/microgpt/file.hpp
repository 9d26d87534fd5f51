// File: read whole, and written whole or not at all.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

namespace microgpt {

/// A file that could not be read or written. The message is one line: which one, and why.
class FileError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// The bytes of a file. Throws FileError.
std::string read_file(const std::filesystem::path& file);

/// Replaces a file's contents. The bytes are written beside it and renamed into place, so a reader
/// finds the old file or the new one; a link stays a link, and pipes and devices are written to.
/// Throws FileError.
void write_file(const std::filesystem::path& file, const std::string& bytes);

/// Throws FileError if write_file() could not succeed: better known before an hour of training.
void require_writable(const std::filesystem::path& file);

}  // namespace microgpt
