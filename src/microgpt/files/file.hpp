// File: what is in one, and what it means that there is none.
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

/// What the system says of its last failure, which was to read or to write this file.
FileError failure(const std::string& to_do, const std::filesystem::path& file);

/// The bytes of a file. Throws FileError.
std::string read_file(const std::filesystem::path& file);

}  // namespace microgpt
