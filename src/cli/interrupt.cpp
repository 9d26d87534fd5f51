// Being stopped, by POSIX signals.
#include "interrupt.hpp"

#include <csignal>
#include <ctime>
#include <initializer_list>

namespace microgpt {

namespace {

volatile std::sig_atomic_t noted = 0;
volatile std::time_t noted_at = 0;

/// Two at once are an impatient finger, or a shell that tells everybody.
void note(int signal) {
    const std::time_t now = std::time(nullptr);
    if (noted == 0) {
        noted = signal;
        noted_at = now;
    } else if (signal != SIGPIPE && now - noted_at >= 2) {
        std::signal(signal, SIG_DFL);
        std::raise(signal);
    }
}

}  // namespace

void catch_interrupts() {
    struct sigaction action = {};
    action.sa_handler = note;
    action.sa_flags = SA_RESTART;
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) {
        struct sigaction old = {};
        sigaction(signal, nullptr, &old);
        if (old.sa_handler == SIG_IGN) continue;  // nohup, say, has asked for that
        sigaction(signal, &action, nullptr);
    }
}

int interrupted() { return noted; }

}  // namespace microgpt
