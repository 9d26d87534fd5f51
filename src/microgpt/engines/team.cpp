// Team: how the threads wait for each other.
#include "microgpt/engines/team.hpp"

#include <hwy/cache_control.h>

#include <string>
#include <system_error>

#include "microgpt/autograd/error.hpp"
#include "microgpt/engines/flush_to_zero.hpp"

namespace microgpt {

namespace {

/// Until it is no longer `old`. Being woken takes longer than most pieces of work, so first it
/// looks many times, for a fraction of a millisecond.
template <class T>
void wait_while(const std::atomic<T>& number, T old) {
    for (int i = 0; i < 10000; ++i) {
        if (number != old) return;
        hwy::Pause();
    }
    number.wait(old);
}

}  // namespace

Team::Team(std::size_t threads) {
    try {
        for (std::size_t part = 1; part < threads; ++part) {
            others_.emplace_back([this, part] { wait_for_work(part); });
        }
    } catch (const std::system_error&) {
        dismiss();
        throw Error("there cannot be " + std::to_string(threads) + " threads: choose fewer");
    } catch (...) {
        dismiss();
        throw;
    }
}

Team::~Team() { dismiss(); }

void Team::dismiss() {
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
    for (std::size_t busy = busy_; busy != 0; busy = busy_) wait_while(busy_, busy);
}

void Team::wait_for_work(std::size_t part) {
    const FlushToZero flush;
    for (unsigned round = 0;;) {
        wait_while(round_, round);
        ++round;
        if (work_ == nullptr) return;
        (*work_)(part);
        if (--busy_ == 0) busy_.notify_one();
    }
}

}  // namespace microgpt
