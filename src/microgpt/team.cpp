// Team: how the threads wait for each other.
#include "microgpt/team.hpp"

#include "microgpt/flush_to_zero.hpp"

namespace microgpt {

Team::Team(std::size_t threads) {
    for (std::size_t part = 1; part < threads; ++part) {
        others_.emplace_back([this, part] { wait_for_work(part); });
    }
}

Team::~Team() {
    work_ = nullptr;
    ++round_;
    round_.notify_all();
    for (std::thread& other : others_) other.join();
}

void Team::run(const std::function<void(std::size_t part)>& work) {
    if (!others_.empty()) {
        work_ = &work;
        busy_ = others_.size();
        ++round_;
        round_.notify_all();
    }
    work(0);
    for (std::size_t busy = busy_; busy != 0; busy = busy_) busy_.wait(busy);
}

// An atomic's wait() looks a few times before it goes to sleep, so a short pause costs little.
void Team::wait_for_work(std::size_t part) {
    const FlushToZero flush;
    for (unsigned round = 0;;) {
        round_.wait(round);
        ++round;
        if (work_ == nullptr) return;
        (*work_)(part);
        if (--busy_ == 0) busy_.notify_one();
    }
}

}  // namespace microgpt
