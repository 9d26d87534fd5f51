// Team: some threads that share a piece of work.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

namespace microgpt {

/// Threads that wait for work. It is cut into as many parts as there are threads, this one among
/// them. The others take numbers too small to be normal for 0: see flush_to_zero.hpp.
class Team {
  public:
    /// `threads` is 1 at the least. Throws Error if there cannot be so many.
    explicit Team(std::size_t threads);
    ~Team();
    Team(const Team&) = delete;
    Team& operator=(const Team&) = delete;

    /// How many threads there are, this one among them.
    std::size_t size() const { return others_.size() + 1; }
    /// Calls work(0), … work(size() - 1), each on a thread of its own, and waits for them all.
    /// They must not throw.
    void run(const std::function<void(std::size_t part)>& work);

  private:
    void wait_for_work(std::size_t part);
    void dismiss();

    const std::function<void(std::size_t)>* work_ = nullptr;  // nullptr: go home
    std::atomic<unsigned> round_ = 0;
    std::atomic<std::size_t> busy_ = 0;
    std::vector<std::thread> others_;
};

}  // namespace microgpt
