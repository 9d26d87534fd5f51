// File: what is in one, and what it means that there is none.
#pragma once

#include <filesystem>
#include <string>

#include "microgpt/autograd/error.hpp"

namespace microgpt {

/// A file that could not be read or written. The message is one line: which one, and why.
class FileError : public Error {
  public:
    using Error::Error;
};

/// One whose bytes are kept elsewhere. The message ends in where.
class KeptError : public FileError {
  public:
    KeptError(const FileError& error, const std::string& where)
        : FileError(error.what() + ("; its bytes are kept in " + where)) {}
};

/// What messages call a file: standard input is stdin.
std::string called(const std::filesystem::path& file);

/// What the system says of its last failure, which was to read or to write this file.
FileError failure(const std::string& to_do, const std::filesystem::path& file);

/// The folder that it is in.
std::filesystem::path folder_of(const std::filesystem::path& file);

/// A name beside a file: its own and an ending, cut where its folder takes none so long.
std::filesystem::path beside(const std::filesystem::path& file, const std::string& ending);

/// The bytes of a file; of a pipe or a device, which may have no end, a gigabyte at the most.
/// Throws FileError.
std::string read_file(const std::filesystem::path& file);

}  // namespace microgpt
