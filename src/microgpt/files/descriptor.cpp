// Descriptor, by POSIX.
#include "microgpt/files/descriptor.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace microgpt {

Descriptor::~Descriptor() {
    if (is_open()) close(number_);
}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
}

bool Descriptor::status(struct stat& status) const { return fstat(number_, &status) == 0; }

bool Descriptor::write(std::string_view bytes) const {
    constexpr std::size_t most = 1 << 30;  // macOS refuses two gigabytes at once
    while (!bytes.empty()) {
        const ssize_t written = ::write(number_, bytes.data(), std::min(bytes.size(), most));
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

bool Descriptor::write_all_of(const Descriptor& other) const {
    char chunk[1 << 16];
    for (off_t place = 0;;) {
        const ssize_t come = pread(other.number_, chunk, sizeof chunk, place);
        if (come < 0 && errno == EINTR) continue;
        if (come <= 0) return come == 0;
        if (!write({chunk, static_cast<std::size_t>(come)})) return false;
        place += come;
    }
}

bool Descriptor::resize(std::uint64_t size) const {
    return ftruncate(number_, static_cast<off_t>(size)) == 0;
}

bool Descriptor::flush() const {
#ifdef F_FULLFSYNC
    if (fcntl(number_, F_FULLFSYNC) == 0) return true;
#endif
    return fsync(number_) == 0 || errno == EINVAL || errno == ENOTSUP;
}

bool Descriptor::take_permissions(const struct stat& old) const {
    const auto give_to = [&](uid_t user, gid_t group) {  // -1: as it is
        return fchown(number_, user, group) == 0;
    };
    mode_t mode = old.st_mode & 0777;
    struct stat ours = {};
    if (!status(ours)) return false;
    const bool same_group = ours.st_gid == old.st_gid || give_to(-1, old.st_gid);
    if (!same_group) mode = (mode & ~070U) | ((mode & 07U) << 3U);
    const bool gives_more = (ours.st_mode & 0777 & ~mode) != 0;  // where nothing can be changed
    const bool same_mode = fchmod(number_, mode) == 0;
    if (ours.st_uid != old.st_uid) give_to(old.st_uid, -1);
    return same_mode || !gives_more;
}

}  // namespace microgpt
