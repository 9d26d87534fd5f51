// Pipes with a name, opened without waiting in the system: there no signal could end it.
#include "pipe.hpp"

#include <fcntl.h>

#include <cerrno>
#include <chrono>
#include <thread>

#include "interrupt.hpp"
#include "say.hpp"

namespace microgpt {

Descriptor open_pipe(const std::filesystem::path& pipe) {
    for (int tries = 0;; ++tries) {
        Descriptor out(open(pipe.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
        if (out.is_open()) fcntl(out.number(), F_SETFL, 0);  // from here on a slow reader has time
        if (out.is_open() || errno != ENXIO || interrupted() != 0) return out;
        if (tries == 20) say(pipe.string() + " waits for a reader: Ctrl-C goes on without one");
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

}  // namespace microgpt
