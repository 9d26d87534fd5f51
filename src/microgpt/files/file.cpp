// File, over the standard library's streams.
#include "microgpt/files/file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>

namespace microgpt {

FileError failure(const std::string& to_do, const std::filesystem::path& file) {
    return FileError("cannot " + to_do + " " + file.string() + ": " + std::strerror(errno));
}

std::filesystem::path folder_of(const std::filesystem::path& file) {
    return file.has_parent_path() ? file.parent_path() : ".";
}

/// Some files have no size and no end, as a pipe or /dev/zero: they are not followed for ever.
std::string read_file(const std::filesystem::path& file) {
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    if (!in) throw failure("read", file);
    std::error_code ignored;
    const bool has_size = std::filesystem::is_regular_file(file, ignored);
    const std::uintmax_t size = has_size ? std::filesystem::file_size(file, ignored) : 0;
    const std::uintmax_t most = std::max<std::uintmax_t>(size, 1'000'000'000);
    std::string bytes;
    bytes.reserve(has_size ? size : 0);
    std::string chunk(1 << 16, '\0');
    while (in) {
        in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
        bytes.append(chunk, 0, static_cast<std::size_t>(in.gcount()));
        if (bytes.size() > most) {
            throw FileError("cannot read " + file.string() + ": more than 1 GB comes from it");
        }
    }
    if (in.bad()) throw failure("read", file);
    return bytes;
}

}  // namespace microgpt
