// File, over the standard library's streams.
#include "microgpt/file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>

namespace microgpt {

namespace {

/// What the system says of its last failure.
FileError failure(const std::string& to_do, const std::filesystem::path& file) {
    return FileError("cannot " + to_do + " " + file.string() + ": " + std::strerror(errno));
}

/// A pipe or a device is written to, not replaced by a file of its name.
bool is_replaceable(const std::filesystem::path& file) {
    return !std::filesystem::exists(file) || std::filesystem::is_regular_file(file);
}

/// Where the bytes wait until all of them are there.
std::filesystem::path beside(const std::filesystem::path& file) { return file.string() + ".part"; }

}  // namespace

std::string read_file(const std::filesystem::path& file) {
    if (std::filesystem::is_directory(file)) {
        throw FileError("cannot read " + file.string() + ": it is a directory");
    }
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    if (!in) throw failure("read", file);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    if (in.bad()) throw failure("read", file);
    return std::move(bytes).str();
}

void write_file(const std::filesystem::path& file, const std::string& bytes) {
    std::error_code ignored;
    const bool replace = is_replaceable(file);
    const std::filesystem::path target = std::filesystem::weakly_canonical(file, ignored);
    const std::filesystem::path place = replace ? beside(target) : file;
    errno = 0;
    std::ofstream out(place, std::ios::binary);
    out << bytes;
    out.close();
    if (out && (!replace || std::rename(place.c_str(), target.c_str()) == 0)) return;
    const FileError error = failure("write", file);
    if (replace) std::filesystem::remove(place, ignored);
    throw error;
}

void require_writable(const std::filesystem::path& file) {
    if (std::filesystem::is_directory(file)) {
        throw FileError("cannot write " + file.string() + ": it is a directory");
    }
    if (!is_replaceable(file)) return;
    errno = 0;
    if (!std::ofstream(beside(file), std::ios::binary)) throw failure("write", file);
    std::filesystem::remove(beside(file));
}

}  // namespace microgpt
