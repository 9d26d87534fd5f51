// Descriptor: an open file as the system knows it.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <string_view>
#include <utility>

namespace microgpt {

/// What open() returns, closed with its object. The streams of the standard library can neither
/// lock a file nor wait until it is on the disk. Each call returns whether it was done; if not,
/// errno says why.
class Descriptor {
  public:
    /// Owns an open file, or none if `number` is negative.
    explicit Descriptor(int number = -1) : number_(number) {}
    ~Descriptor();
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept;

    bool is_open() const { return number_ >= 0; }
    int number() const { return number_; }
    bool status(struct stat& status) const;

    /// Every byte, or failure.
    bool write(std::string_view bytes) const;
    /// All that is in another file.
    bool write_all_of(const Descriptor& other) const;
    bool resize(std::uint64_t size) const;
    /// Waits until every byte is on the disk, and on macOS not in a cache of the disk's own. Where
    /// there is no disk, as for a pipe, there is nothing to wait for.
    bool flush() const;
    /// Gives it what an old file let be done with it, and no more: bits that let others run a
    /// program as its owner are gone, and where the group is another, it may do what others may.
    /// The owner stays where that can be had, which is for root to say.
    bool take_permissions(const struct stat& old) const;

  private:
    int number_;
};

}  // namespace microgpt
