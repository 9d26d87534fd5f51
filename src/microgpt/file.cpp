// File, over the standard library's streams and, where a crash must do no harm, the system's calls.
#include "microgpt/file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <thread>

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

/// The file that a link leads to, or the file itself.
std::filesystem::path behind_links(const std::filesystem::path& file) {
    std::error_code error;
    const std::filesystem::path target = std::filesystem::weakly_canonical(file, error);
    return error ? file : target;
}

/// A file is on the disk when its folder's entry for it is. Not every file system can say so.
void flush_folder(const std::filesystem::path& file) {
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
    const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    fsync(descriptor);
    close(descriptor);
}

}  // namespace

// ---- Whole files

std::string read_file(const std::filesystem::path& file) {
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    if (!in) throw failure("read", file);
    std::ostringstream bytes;
    if (in.peek() != std::ifstream::traits_type::eof()) bytes << in.rdbuf();
    if (in.bad() || bytes.fail()) throw failure("read", file);
    return std::move(bytes).str();
}

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
    if (std::filesystem::is_directory(std::filesystem::status(file))) {
        errno = EISDIR;
        throw failure("write", file);
    }
    if (!is_replaceable(file)) return;
    PartFile trial(behind_links(file));
    trial.clear();
    const std::string chunk(std::min<std::uint64_t>(size, 1 << 20), '\0');
    for (; size > 0; size -= std::min<std::uint64_t>(size, chunk.size())) {
        trial.append(std::string_view(chunk).substr(0, size));
    }
    trial.discard();
}

// ---- PartFile

/// Between opening a file and locking it another process may have put it in its place: then it is
/// not ours to write to any more, and there is a new one to open.
PartFile::PartFile(const std::filesystem::path& file, std::chrono::milliseconds patience)
    : file_(file), part_(file.string() + ".part") {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (true) {
        descriptor_ = open(part_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
        if (descriptor_ < 0) throw failure("write", file_);
        if (is_locked()) return;
        close(descriptor_);
        if (std::chrono::steady_clock::now() > end) {
            throw FileError("another process is writing " + file_.string() + ": try again later");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

PartFile::~PartFile() {
    if (is_there_ && size() == 0) discard();
    close(descriptor_);
}

bool PartFile::is_locked() const {
    if (flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) return false;
    struct stat ours, there;
    return fstat(descriptor_, &ours) == 0 && stat(part_.c_str(), &there) == 0 &&
           ours.st_dev == there.st_dev && ours.st_ino == there.st_ino;
}

void PartFile::fail() {
    const FileError error = failure("write", file_);
    discard();
    throw error;
}

std::uint64_t PartFile::size() const {
    struct stat status = {};
    fstat(descriptor_, &status);
    return static_cast<std::uint64_t>(status.st_size);
}

void PartFile::append(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail();
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

void PartFile::clear() {
    if (ftruncate(descriptor_, 0) != 0) fail();
}

void PartFile::publish() {
    if (fsync(descriptor_) != 0 || rename(part_.c_str(), file_.c_str()) != 0) fail();
    is_there_ = false;
    flush_folder(file_);
}

void PartFile::discard() {
    if (is_there_) unlink(part_.c_str());
    is_there_ = false;
}

}  // namespace microgpt
