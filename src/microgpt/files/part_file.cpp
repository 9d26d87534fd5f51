// Part file, by the system's calls: a crash must do no harm, and no stream can flush or lock.
#include "microgpt/files/part_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <thread>

namespace microgpt {

namespace {

/// A file is on the disk when its folder's entry for it is. Not every file system can say so.
void flush_folder(const std::filesystem::path& file) {
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
    const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    fsync(descriptor);
    close(descriptor);
}

/// Gives a new file what an old one let be done with it, and no more: bits that let others run a
/// program as its owner are gone, and where the group is another, it may do what others may.
bool take_permissions(int descriptor, const struct stat& old) {
    mode_t mode = old.st_mode & 0777;
    struct stat ours = {};
    if (fstat(descriptor, &ours) != 0) return false;
    const bool same_group = ours.st_gid == old.st_gid || fchown(descriptor, -1, old.st_gid) == 0;
    if (!same_group) mode = (mode & ~070U) | ((mode & 07U) << 3U);
    const bool gives_more = (ours.st_mode & 0777 & ~mode) != 0;  // where nothing can be changed
    return fchmod(descriptor, mode) == 0 || !gives_more;
}

}  // namespace

/// Between opening a file and locking it another process may have put it in its place: then it is
/// not ours to write to any more, and there is a new one to open.
PartFile::PartFile(const std::filesystem::path& file, std::chrono::milliseconds patience)
    : file_(file), part_(file.string() + ".microgpt-part") {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (true) {
        descriptor_ =
            open(part_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0666);
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
    struct stat status = {};
    if (fstat(descriptor_, &status) == 0 && status.st_size == 0) discard();
    close(descriptor_);
}

bool PartFile::is_locked() const {
    if (flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) return false;
    struct stat ours = {};
    struct stat there = {};
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
    if (fstat(descriptor_, &status) != 0) throw failure("write", file_);
    return static_cast<std::uint64_t>(status.st_size);
}

/// What was put in the file's place is another's to write.
void PartFile::require_there() const {
    if (!is_there_) throw std::logic_error("a part file that was published or discarded is done");
}

void PartFile::append(std::string_view bytes) {
    require_there();
    while (!bytes.empty()) {
        const ssize_t written = write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail();
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

void PartFile::clear() {
    require_there();
    if (ftruncate(descriptor_, 0) != 0) fail();
}

void PartFile::publish() {
    require_there();
    struct stat old = {};
    if (stat(file_.c_str(), &old) == 0 && !take_permissions(descriptor_, old)) fail();
    if (fsync(descriptor_) != 0 || rename(part_.c_str(), file_.c_str()) != 0) fail();
    is_there_ = false;
    flush_folder(file_);
}

void PartFile::discard() {
    if (is_there_) unlink(part_.c_str());
    is_there_ = false;
}

}  // namespace microgpt
