// Ranks: the processes of a job, started together by mpirun, and what they tell each other.
#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <string>
#include <vector>

namespace microgpt {

/// This process and the others, by MPI, of which a program can have one. Whatever a public function
/// says of all ranks, all of them have to call it, in the same order.
class Ranks {
  public:
    /// Begins MPI. If the others are not there after so many seconds, the first rank says so in a
    /// line on standard error, and the job ends. Throws Error where several were started and each
    /// is alone.
    Ranks(int& argc, char**& argv, unsigned patience);
    ~Ranks();
    Ranks(const Ranks&) = delete;
    Ranks& operator=(const Ranks&) = delete;

    /// Which one this is, from 0 on, of how many.
    std::size_t rank() const { return rank_; }
    std::size_t size() const { return size_; }
    bool is_first() const { return rank_ == 0; }

    /// Throws Error unless all have the same text; `what` is what it is, as in "has other flags".
    /// With the last of these the others have been met.
    void require_same(const std::string& text, const std::string& what) const;
    void have_met() const;
    /// The first rank's bytes, for all.
    std::string broadcast(const std::string& bytes) const;
    /// Every rank's bytes, in their order, for the first; the others get none.
    std::vector<std::string> gather(const std::string& bytes) const;

    /// Numbers in vectors of so many bytes each, `counts` vectors for each rank, one after another.
    using Counts = std::vector<int>;
    /// Each rank gets from each what is for it.
    void all_to_all(std::size_t bytes, const void* sent, const Counts& sent_counts, void* received,
                    const Counts& received_counts) const;
    /// Each rank has its own part of `numbers` in place, and gets the others'.
    void all_gather(std::size_t bytes, void* numbers, const Counts& counts) const;
    /// The same for the first alone, where `all` is room for all parts.
    void gather(std::size_t bytes, const void* part, void* all, const Counts& counts) const;

    /// Asks this rank whether to stop: a signal's number, or 0, which is what it says until told
    /// otherwise.
    std::function<int()> interrupted;
    /// What they have agreed on: the largest of these, as of the last step or agree().
    int agreed = 0;
    void agree();

    /// What is done when this rank cannot go on and the others do not know; std::terminate() if
    /// nothing else. It must not return.
    std::function<void(const std::exception&)> lose;
    /// Ends the job, all ranks of it.
    [[noreturn]] static void end_all(int status);

  private:
    std::size_t rank_ = 0, size_ = 1;
};

}  // namespace microgpt
