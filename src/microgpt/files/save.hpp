// Save: a file written whole, or left as it was.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "microgpt/files/descriptor.hpp"
#include "microgpt/files/file.hpp"

namespace microgpt {

/// Replaces a file's contents, by way of a PartFile: whatever happens, a reader finds the old file
/// or the new one. Its permissions stay, a link stays a link. Pipes and devices are written to, and
/// so is a file that cannot be replaced: one that is mounted, or whose folder takes no new files.
/// Throws FileError: a KeptError, if that could be helped.
void write_file(const std::filesystem::path& file, std::string_view bytes,
                std::chrono::milliseconds patience = std::chrono::minutes(1));

/// The same for what is open already; `name` is what messages call it.
void write_open_file(const Descriptor& out, const std::string& name, std::string_view bytes);

/// Throws FileError if write_file() could not write so many bytes: better known before an hour of
/// training than after it.
void require_writable(const std::filesystem::path& file, std::uint64_t size);

}  // namespace microgpt
