// Save, by way of a part file where there is a file to replace.
#include "microgpt/files/save.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <string>

#include "microgpt/files/part_file.hpp"

namespace microgpt {

namespace {

/// A pipe or a device is written to, not replaced by a file of its name.
bool is_replaceable(const std::filesystem::path& file) {
    std::error_code ignored;
    const std::filesystem::file_status status = std::filesystem::status(file, ignored);
    return !std::filesystem::exists(status) || std::filesystem::is_regular_file(status);
}

/// The file that a link leads to, whether it is there or not; or the file itself.
std::filesystem::path behind_links(std::filesystem::path file) {
    std::error_code error;
    for (int links = 0; links < 40; ++links) {
        const std::filesystem::path target = std::filesystem::read_symlink(file, error);
        if (error) return file;
        file = file.parent_path() / target;
    }
    errno = ELOOP;  // so many are a circle
    throw failure("write", file);
}

}  // namespace

void write_file(const std::filesystem::path& file, std::string_view bytes) {
    if (is_replaceable(file)) {
        PartFile part(behind_links(file));
        part.clear();
        part.append(bytes);
        part.publish();
        return;
    }
    errno = 0;
    std::ofstream out(file, std::ios::binary);
    out << bytes;
    out.close();
    if (!out) throw failure("write", file);
}

void require_writable(const std::filesystem::path& file, std::uint64_t size) {
    struct stat there = {};
    const bool exists = stat(file.c_str(), &there) == 0;
    if (exists && access(file.c_str(), W_OK) != 0) throw failure("write", file);
    if (exists && S_ISDIR(there.st_mode)) {
        errno = EISDIR;
        throw failure("write", file);
    }
    if (!is_replaceable(file)) return;
    for (const int printed : {STDOUT_FILENO, STDERR_FILENO}) {
        struct stat output = {};
        if (exists && fstat(printed, &output) == 0 && output.st_dev == there.st_dev &&
            output.st_ino == there.st_ino) {
            throw FileError("cannot write " + file.string() + ": this program prints there");
        }
    }
    PartFile trial(behind_links(file));
    trial.clear();
    const std::string chunk(std::min<std::uint64_t>(size, 1 << 20), '\0');
    for (; size > 0; size -= std::min<std::uint64_t>(size, chunk.size())) {
        trial.append(std::string_view(chunk).substr(0, size));
    }
    trial.discard();
}

}  // namespace microgpt
