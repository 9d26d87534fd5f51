// File, over the standard library's streams.
#include "microgpt/file.hpp"

#include <unistd.h>

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
    std::error_code error;
    const std::filesystem::file_status status = std::filesystem::status(file, error);
    return !std::filesystem::exists(status) || std::filesystem::is_regular_file(status);
}

/// Where the bytes wait until all of them are there: beside the file that a link leads to, under a
/// name that no other process uses.
std::filesystem::path beside(const std::filesystem::path& target) {
    return target.string() + "." + std::to_string(getpid()) + ".part";
}

std::filesystem::path behind_links(const std::filesystem::path& file) {
    std::error_code error;
    const std::filesystem::path target = std::filesystem::weakly_canonical(file, error);
    return error ? file : target;
}

}  // namespace

std::string read_file(const std::filesystem::path& file) {
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    if (!in) throw failure("read", file);
    std::ostringstream bytes;
    if (in.peek() != std::ifstream::traits_type::eof()) bytes << in.rdbuf();
    if (in.bad() || bytes.fail()) throw failure("read", file);
    return std::move(bytes).str();
}

void write_file(const std::filesystem::path& file, const std::string& bytes) {
    std::error_code ignored;
    const bool replace = is_replaceable(file);
    const std::filesystem::path target = behind_links(file);
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
    std::error_code ignored;
    if (std::filesystem::is_directory(file, ignored)) {
        throw FileError("cannot write " + file.string() + ": Is a directory");
    }
    if (!is_replaceable(file)) return;
    const std::filesystem::path place = beside(behind_links(file));
    errno = 0;
    if (!std::ofstream(place, std::ios::binary)) throw failure("write", file);
    std::filesystem::remove(place, ignored);
}

}  // namespace microgpt
