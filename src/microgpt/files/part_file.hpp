// Part file: a file that is not finished yet, beside the one it will be.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "microgpt/files/descriptor.hpp"
#include "microgpt/files/file.hpp"

namespace microgpt {

/// A file in the making: FILE.microgpt-part, beside FILE. One process at a time holds it. If that
/// process is killed, the next one finds what it left and may add to it. An empty one goes with its
/// object. What fails throws FileError; what is done to it once it is published or discarded,
/// std::logic_error.
class PartFile {
  public:
    /// What its name ends in.
    static constexpr char ending[] = ".microgpt-part";

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
    /// Adds to it. If that fails it leaves no part behind.
    void append(std::string_view bytes);
    /// Makes it empty.
    void clear();
    /// Throws if there is no room for so many bytes, and changes nothing.
    void require_room(std::uint64_t size) const;
    /// Puts it in the place of FILE once every byte is on the disk; or its bytes into FILE, where
    /// that is a file that cannot be replaced. If neither can be done the part stays:
    /// KeptError.
    void publish();
    /// Removes it.
    void discard();

  private:
    void open_or_wait(std::chrono::milliseconds patience);
    bool is_locked() const;
    bool is_put_in_place();
    bool is_written_into_file() const;
    void require_there() const;
    [[noreturn]] void fail();

    std::filesystem::path file_;
    std::filesystem::path part_;
    Descriptor out_;
    bool is_there_ = true;  // under its name
};

}  // namespace microgpt
