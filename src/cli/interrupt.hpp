// Being stopped: Ctrl-C and its like end the program after what it is doing, not in the middle.
#pragma once

namespace microgpt {

/// From now on the first signal that somebody sends to stop the program, SIGINT, SIGTERM or SIGHUP,
/// is noted instead of ending it; one that comes two seconds later ends it. So are SIGPIPE, SIGXCPU
/// (the limit of time is reached) and what a batch system warns with, SIGUSR1 and SIGUSR2.
void catch_interrupts();

/// The signal that was noted, or 0.
int interrupted();

}  // namespace microgpt
