// File, over the standard library's streams.
#include "microgpt/files/file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace microgpt {

FileError failure(const std::string& to_do, const std::filesystem::path& file) {
    return FileError("cannot " + to_do + " " + file.string() + ": " + std::strerror(errno));
}

std::filesystem::path folder_of(const std::filesystem::path& file) {
    return file.has_parent_path() ? file.parent_path() : ".";
}

std::string read_file(const std::filesystem::path& file) {
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    if (!in) throw failure("read", file);
    std::ostringstream bytes;
    if (in.peek() != std::ifstream::traits_type::eof()) bytes << in.rdbuf();
    if (in.bad() || bytes.fail()) throw failure("read", file);
    return std::move(bytes).str();
}

}  // namespace microgpt
