// File, over the standard library's streams.
#include "microgpt/file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace microgpt {

namespace {

[[noreturn]] void fail(const std::string& what, const std::filesystem::path& file) {
    throw FileError("cannot " + what + " " + file.string() + ": " + std::strerror(errno));
}

}  // namespace

std::string read_file(const std::filesystem::path& file) {
    if (std::filesystem::is_directory(file)) {
        throw FileError("cannot read " + file.string() + ": it is a directory");
    }
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    if (!in) fail("read", file);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    if (in.bad()) fail("read", file);
    return std::move(bytes).str();
}

void write_file(const std::filesystem::path& file, const std::string& bytes) {
    const std::filesystem::path beside = file.string() + ".part";
    std::error_code error;
    errno = 0;
    std::ofstream out(beside, std::ios::binary);
    if (!out) fail("write", file);
    out << bytes;
    out.close();
    if (!out) {
        std::filesystem::remove(beside, error);
        fail("write", file);
    }
    std::filesystem::rename(beside, file, error);
    if (error) {
        const std::string reason = error.message();
        std::filesystem::remove(beside, error);
        throw FileError("cannot write " + file.string() + ": " + reason);
    }
}

void require_writable(const std::filesystem::path& file) {
    if (std::filesystem::is_directory(file)) {
        throw FileError("cannot write " + file.string() + ": it is a directory");
    }
    const std::filesystem::path beside = file.string() + ".part";
    errno = 0;
    if (!std::ofstream(beside, std::ios::binary)) fail("write", file);
    std::filesystem::remove(beside);
}

}  // namespace microgpt
