// File, over the standard library's streams.
#include "microgpt/files/file.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>

namespace microgpt {

std::string called(const std::filesystem::path& file) {
    return file == "/dev/stdin" ? "stdin" : file.string();
}

/// The system says "No such device or address" of two things that are there.
static std::string reason(int error, const std::filesystem::path& file) {
    std::error_code ignored;
    if (error == ENXIO && std::filesystem::is_socket(file, ignored)) return "it is a socket";
    if (error == ENXIO && std::filesystem::is_fifo(file, ignored)) return "nobody reads it";
    return std::strerror(error);
}

FileError failure(const std::string& to_do, const std::filesystem::path& file) {
    return FileError("cannot " + to_do + " " + called(file) + ": " + reason(errno, file));
}

std::filesystem::path folder_of(const std::filesystem::path& file) {
    return file.has_parent_path() ? file.parent_path() : ".";
}

std::filesystem::path beside(const std::filesystem::path& file, const std::string& ending) {
    const long known = pathconf(folder_of(file).c_str(), _PC_NAME_MAX);
    const std::size_t most = known < 0 ? 255 : static_cast<std::size_t>(known);
    std::string name = file.filename();
    if (name.size() + ending.size() > most) {
        std::size_t end = most - std::min(most, ending.size());
        while (end > 0 && (name[end] & 0xC0) == 0x80) --end;  // no character is cut in two
        name.resize(end);
    }
    return file.parent_path() / (name + ending);
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
            throw FileError("cannot read " + called(file) + ": more than 1 GB comes from it");
        }
    }
    if (in.bad()) throw failure("read", file);
    return bytes;
}

}  // namespace microgpt
