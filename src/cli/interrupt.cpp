// Being stopped, by POSIX signals.
#include "interrupt.hpp"

#include <csignal>
#include <initializer_list>

namespace microgpt {

namespace {

volatile std::sig_atomic_t noted = 0;

void note(int signal) { noted = signal; }

}  // namespace

void catch_interrupts() {
    struct sigaction action = {};
    action.sa_handler = note;
    action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) {
        struct sigaction old = {};
        sigaction(signal, nullptr, &old);
        if (old.sa_handler == SIG_IGN) continue;  // nohup, say, has asked for that
        sigaction(signal, &action, nullptr);
    }
}

int interrupted() { return noted; }

}  // namespace microgpt
