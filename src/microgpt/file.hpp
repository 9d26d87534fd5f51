// File: read whole, and written whole or not at all.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace microgpt {

/// A file that could not be read or written. The message is one line: which one, and why.
class FileError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// The bytes of a file. Throws FileError.
std::string read_file(const std::filesystem::path& file);

/// Replaces a file's contents, by way of a PartFile: whatever happens, a reader finds the old file
/// or the new one. A link stays a link, and pipes and devices are written to. Throws FileError.
void write_file(const std::filesystem::path& file, std::string_view bytes);

/// Throws FileError if write_file() could not write so many bytes: better known before an hour of
/// training than after it.
void require_writable(const std::filesystem::path& file, std::uint64_t size);

/// A file in the making: FILE.part, beside FILE. One process at a time holds it. If that process
/// is killed, the next one finds what it left and may add to it. An empty one goes with its object.
/// What writes throws FileError, and leaves no part behind.
class PartFile {
  public:
    /// Waits, but not for ever, for a process that holds it.
    explicit PartFile(const std::filesystem::path& file,
                      std::chrono::milliseconds patience = std::chrono::seconds(10));
    ~PartFile();
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;

    /// How many bytes there are.
    std::uint64_t size() const;
    /// All of them.
    std::string bytes() const { return read_file(part_); }
    void append(std::string_view bytes);
    void clear();
    /// Puts it in the place of FILE once every byte is on the disk.
    void publish();
    /// Removes it.
    void discard();

  private:
    bool is_locked() const;
    [[noreturn]] void fail();

    std::filesystem::path file_;
    std::filesystem::path part_;
    int descriptor_ = -1;
    bool is_there_ = true;  // under its name
};

}  // namespace microgpt
