// Being stopped, by POSIX signals.
#include "interrupt.hpp"

#include <sys/resource.h>

#include <atomic>
#include <csignal>
#include <ctime>
#include <initializer_list>

namespace microgpt {

namespace {

// Without a lock, so a signal may come at any instant, and on any thread.
std::atomic<int> noted = 0;
std::atomic<std::time_t> noted_at = 0;

/// Two at once are an impatient finger, or a shell that tells everybody. A pipe or the limit of
/// time tells again and again.
void note(int signal) {
    const std::time_t now = std::time(nullptr);
    std::time_t first = 0;
    if (noted_at.compare_exchange_strong(first, now)) {
        noted = signal;
    } else if (signal != SIGPIPE && signal != SIGXCPU && now - first >= 2) {
        std::signal(signal, SIG_DFL);
        std::raise(signal);
    }
}

/// Where the limit of time is the last one (ulimit -t), SIGKILL comes with no warning: a second
/// before it there shall be one.
void leave_time_to_save() {
    rlimit limit = {};
    if (getrlimit(RLIMIT_CPU, &limit) != 0 || limit.rlim_max == RLIM_INFINITY) return;
    if (limit.rlim_cur < limit.rlim_max || limit.rlim_max < 2) return;
    limit.rlim_cur = limit.rlim_max - 1;
    setrlimit(RLIMIT_CPU, &limit);
}

}  // namespace

void catch_interrupts() {
    leave_time_to_save();
    struct sigaction action = {};
    action.sa_handler = note;
    action.sa_flags = SA_RESTART;
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGXCPU, SIGUSR1, SIGUSR2}) {
        struct sigaction old = {};
        sigaction(signal, nullptr, &old);
        if (old.sa_handler == SIG_IGN) continue;  // nohup, say, has asked for that
        sigaction(signal, &action, nullptr);
    }
}

int interrupted() { return noted; }

}  // namespace microgpt
