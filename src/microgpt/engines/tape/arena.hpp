// Arena: memory for numbers that are forgotten together.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace microgpt {

/// Hands out numbers, each with a slope beside it. Clearing keeps the memory, so a step like the
/// one before it allocates nothing.
class Arena {
  public:
    Arena() = default;
    Arena(const Arena&) = delete;  // what was taken stays where it is
    Arena& operator=(const Arena&) = delete;

    /// Room for `size` numbers, and after them as many slopes of 0, until the next clear().
    double* take(std::size_t size) {
        const std::size_t room = 2 * size;
        while (block_ < blocks_.size() && blocks_[block_].size() - used_ < room) {
            ++block_;
            used_ = 0;
        }
        if (block_ == blocks_.size()) blocks_.emplace_back(std::max(room, block_size));
        double* taken = blocks_[block_].data() + used_;
        used_ += room;
        std::fill_n(taken + size, size, 0);
        taken_ += room;
        return taken;
    }

    /// All that was taken may be taken again.
    void clear() { block_ = used_ = taken_ = 0; }

    /// How many bytes are taken.
    std::size_t bytes() const { return taken_ * sizeof(double); }

  private:
    static constexpr std::size_t block_size = 1 << 14;

    std::vector<std::vector<double>> blocks_;
    std::size_t block_ = 0;  // the one to take from
    std::size_t used_ = 0;   // of that block
    std::size_t taken_ = 0;  // in all
};

}  // namespace microgpt
