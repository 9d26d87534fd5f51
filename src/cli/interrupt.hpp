// Being stopped: Ctrl-C and its like end the program after what it is doing, not in the middle.
#pragma once

namespace microgpt {

/// From now on the first SIGINT, SIGTERM, SIGHUP or SIGPIPE is noted instead of ending the program;
/// one that comes a second or two later ends it.
void catch_interrupts();

/// The signal that was noted, or 0.
int interrupted();

}  // namespace microgpt
