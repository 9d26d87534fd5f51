// Save, by way of a part file where there is a file to replace.
#include "microgpt/files/save.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "microgpt/files/part_file.hpp"

namespace microgpt {

namespace {

// ---- What is there

[[noreturn]] void refuse(const std::filesystem::path& file, int reason) {
    errno = reason;
    throw failure("write", file);
}

/// Whether there is a file, and what kind it is. What the system does not let us see, as behind
/// a link that somebody else has put into a folder for all, we do not go round.
bool is_there(const std::filesystem::path& file, struct stat& status) {
    if (stat(file.c_str(), &status) == 0) return true;
    if (errno != ENOENT) throw failure("write", file);
    return false;
}

/// The file that a link leads to, whether it is there or not; or the file itself.
std::filesystem::path behind_links(std::filesystem::path file) {
    struct stat status = {};
    if (is_there(file, status) && !S_ISREG(status.st_mode)) return file;
    std::error_code error;
    for (int links = 0; links < 40; ++links) {
        const std::filesystem::path target = std::filesystem::read_symlink(file, error);
        if (error == std::errc::invalid_argument) return file;  // it is none
        if (error == std::errc::no_such_file_or_directory) return file;
        if (error) throw failure("write", file);
        file = file.parent_path() / target;
    }
    refuse(file, ELOOP);  // so many are a circle
}

/// Whether we may not write to a file, or put files into a folder.
bool is_closed(const std::filesystem::path& file) {
    return faccessat(AT_FDCWD, file.c_str(), W_OK, AT_EACCESS) != 0 &&
           (errno == EACCES || errno == EPERM || errno == EROFS);
}

/// A pipe or a device is written to, not replaced by a file of its name, and so is a file in a
/// folder that takes no others.
bool is_replaceable(const std::filesystem::path& file) {
    struct stat status = {};
    if (!is_there(file, status)) return true;
    return S_ISREG(status.st_mode) && !is_closed(folder_of(file));
}

/// Whether this program prints there: on a terminal, or into a pipe or a file.
bool is_printed_to(const struct stat& there) {
    const auto goes_there = [&](int printed) {
        struct stat output = {};
        const bool is_device = S_ISCHR(there.st_mode) && isatty(printed) == 0;  // as /dev/null
        return !is_device && fstat(printed, &output) == 0 && output.st_dev == there.st_dev &&
               output.st_ino == there.st_ino;
    };
    return goes_there(STDOUT_FILENO) || goes_there(STDERR_FILENO);
}

/// A socket, a terminal that is nobody's, or a file that may only grow, takes no bytes. A pipe may
/// have a reader by then, and a program that runs can be replaced.
void require_open(const std::filesystem::path& file, const struct stat& there) {
    const Descriptor out(open(file.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
    if (out.is_open() || errno == ETXTBSY || S_ISFIFO(there.st_mode)) return;
    throw failure("write", file);
}

/// Where a file is written in its place. Some only look like files, as those of /proc.
void require_room(const std::filesystem::path& file, const struct stat& there, std::uint64_t size) {
    std::error_code ignored;
    const std::filesystem::space_info disk = std::filesystem::space(file, ignored);
    if (disk.capacity == 0) throw FileError("cannot write " + file.string() + ": no disk keeps it");
    const auto has = static_cast<std::uint64_t>(there.st_size);
    if (size > has && size - has > disk.available) refuse(file, ENOSPC);
}

// ---- What cannot be put in its place is kept elsewhere

/// Puts the bytes into a new file of a folder. Returns its name, or nothing if that fails, too.
std::string kept_in(const std::filesystem::path& folder, const std::string& name,
                    std::string_view bytes) {
    std::string kept = beside(folder / name, ".microgpt-XXXXXX");
    const Descriptor out(mkstemp(kept.data()));
    if (!out.is_open()) return "";
    if (out.write(bytes) && out.flush()) return kept;
    unlink(kept.c_str());
    return "";
}

/// Throws the error once the bytes are kept, if they can be: beside a file, or as a temporary one.
[[noreturn]] void keep_elsewhere(const FileError& error, const std::filesystem::path& file,
                                 std::string_view bytes) {
    std::error_code ignored;
    const bool is_device = std::filesystem::is_other(file, ignored);
    std::filesystem::path temporary = std::filesystem::temp_directory_path(ignored);
    if (temporary.empty()) temporary = "/tmp";  // TMPDIR leads nowhere
    for (const auto& folder : {is_device ? temporary : folder_of(file), temporary}) {
        const std::string kept = kept_in(folder, file.filename(), bytes);
        if (!kept.empty()) throw KeptError(error, kept);
    }
    throw error;
}

void replace(const std::filesystem::path& file, std::string_view bytes,
             std::chrono::milliseconds patience) {
    PartFile part(file, patience);
    part.clear();
    part.append(bytes);
    part.publish();
}

void write(const Descriptor& out, const std::filesystem::path& file, std::string_view bytes) {
    if (!out.is_open() || !out.write(bytes) || !out.flush()) throw failure("write", file);
}

}  // namespace

void write_file(const std::filesystem::path& file, std::string_view bytes,
                std::chrono::milliseconds patience) try {
    const std::filesystem::path place = behind_links(file);
    if (is_replaceable(place)) return replace(place, bytes, patience);
    write(Descriptor(open(place.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC | O_NOCTTY)), place, bytes);
} catch (const KeptError&) {
    throw;
} catch (const FileError& error) {
    keep_elsewhere(error, file, bytes);
}

void write_open_file(const Descriptor& out, const std::string& name, std::string_view bytes) try {
    write(out, name, bytes);
} catch (const FileError& error) {
    keep_elsewhere(error, name, bytes);
}

void require_writable(const std::filesystem::path& file, std::uint64_t size) {
    const std::filesystem::path place = behind_links(file);
    struct stat there = {};
    const bool exists = is_there(place, there);
    if (exists && S_ISDIR(there.st_mode)) refuse(file, EISDIR);
    if (exists && is_closed(place)) throw failure("write", file);
    if (exists && is_printed_to(there)) {
        throw FileError("cannot write " + file.string() + ": this program prints there");
    }
    if (exists) require_open(place, there);
    if (is_replaceable(place)) return PartFile(place).require_room(size);
    if (S_ISREG(there.st_mode)) require_room(place, there, size);
}

}  // namespace microgpt
