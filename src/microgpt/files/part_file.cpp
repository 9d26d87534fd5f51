// Part file, by the system's calls: a crash must do no harm, and nobody else may come between.
#include "microgpt/files/part_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <thread>

namespace microgpt {

namespace {

/// A file is on the disk when its folder's entry for it is. Not every file system can say so.
void flush_folder(const std::filesystem::path& file) {
    const Descriptor entries(open(folder_of(file).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (entries.is_open()) fsync(entries.number());
}

/// Opens a part, or makes one; not a link, a pipe or somebody else's file that stands there. Where
/// it will replace a file, it is for its owner alone until then.
Descriptor open_part(const std::filesystem::path& part, const std::filesystem::path& file) {
    struct stat old = {};
    const bool is_new = stat(file.c_str(), &old) != 0 && errno == ENOENT;
    const mode_t mode = is_new ? 0666 : 0600;
    const int flags = O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    Descriptor out(open(part.c_str(), flags, mode));
    struct stat status = {};
    if (out.is_open() && out.status(status) && S_ISREG(status.st_mode)) return out;
    const bool is_another = out.is_open() || errno == EACCES || errno == EPERM || errno == ELOOP ||
                            errno == EISDIR || errno == ENXIO;
    const FileError error = failure("write", file);
    if (!is_another || lstat(part.c_str(), &status) != 0) throw error;
    throw FileError("cannot write " + file.string() + ": " + part.string() + " is in the way");
}

}  // namespace

PartFile::PartFile(const std::filesystem::path& file, std::chrono::milliseconds patience)
    : file_(file), part_(beside(file, ending)) {
    open_or_wait(patience);
}

PartFile::~PartFile() {
    struct stat status = {};
    if (out_.status(status) && status.st_size == 0) discard();
}

/// Between opening a file and locking it another process may have put it in its place: then it is
/// not ours to write to any more, and there is a new one to open.
void PartFile::open_or_wait(std::chrono::milliseconds patience) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (true) {
        out_ = open_part(part_, file_);
        if (is_locked()) return;
        if (std::chrono::steady_clock::now() > end) {
            throw FileError("another process is writing " + file_.string() + ": try again later");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

bool PartFile::is_locked() const {
    if (flock(out_.number(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) return false;
    struct stat ours = {};
    struct stat there = {};
    return out_.status(ours) && stat(part_.c_str(), &there) == 0 && ours.st_dev == there.st_dev &&
           ours.st_ino == there.st_ino;
}

void PartFile::require_there() const {
    if (!is_there_) throw std::logic_error("a PartFile ends when it is published or discarded");
}

void PartFile::fail() {
    const FileError error = failure("write", file_);
    discard();
    throw error;
}

std::uint64_t PartFile::size() const {
    struct stat status = {};
    if (!out_.status(status)) throw failure("write", file_);
    return static_cast<std::uint64_t>(status.st_size);
}

void PartFile::append(std::string_view bytes) {
    require_there();
    if (!out_.write(bytes)) fail();
}

void PartFile::clear() {
    require_there();
    if (!out_.resize(0)) fail();
}

void PartFile::require_room(std::uint64_t size) const {
    const std::uint64_t before = this->size();
    const std::string chunk(std::min<std::uint64_t>(size, 1 << 20), '\0');
    bool fits = true;
    for (std::uint64_t end = before; fits && end < size; end += chunk.size()) {
        fits = out_.write(std::string_view(chunk).substr(0, size - end));
    }
    const int reason = errno;
    const bool is_as_before = out_.resize(before);
    if (!fits) errno = reason;
    if (!fits || !is_as_before) throw failure("write", file_);
}

void PartFile::publish() {
    require_there();
    if (!is_put_in_place() && !is_written_into_file()) {
        const FileError error = failure("write", file_);
        if (!is_locked()) throw error;  // somebody has removed it
        throw KeptError(error, part_);
    }
    discard();
    flush_folder(file_);
}

bool PartFile::is_put_in_place() {
    struct stat old = {};
    const bool is_old = stat(file_.c_str(), &old) == 0;
    if (is_old ? !out_.take_permissions(old) : errno != ENOENT) return false;
    if (!out_.flush() || rename(part_.c_str(), file_.c_str()) != 0) return false;
    is_there_ = false;
    return true;
}

/// A file may be mounted by itself, as containers do it, or be somebody else's in a folder for all.
/// Until its last byte is on the disk, the part stays.
bool PartFile::is_written_into_file() const {
    if (errno != EBUSY && errno != EPERM && errno != EACCES && errno != EXDEV) return false;
    const Descriptor file(open(file_.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC));
    return file.is_open() && file.write_all_of(out_) && file.flush();
}

void PartFile::discard() {
    if (is_there_) unlink(part_.c_str());
    is_there_ = false;
}

}  // namespace microgpt
