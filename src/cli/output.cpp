// Standard output, by the system's calls below the C library's stream.
#include "output.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>

#include "microgpt/files/save.hpp"

namespace microgpt {

namespace {

using namespace std::chrono_literals;

int reason = 0;       // of the first failure, as errno says it
Descriptor reserved;  // where write_output() goes

void refuse_terminal(const Descriptor& out) {
    if (isatty(out.number()) == 0) return;
    throw FileError("a model is not for a terminal: --save FILE, or a pipe, takes it");
}

}  // namespace

void require_standard_streams() {
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream) {
        if (fcntl(stream, F_GETFD) >= 0) continue;
        open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);  // gets this number
    }
    static char room[1 << 16];  // for --help: the stream would send off a part, and forget errno
    if (isatty(STDOUT_FILENO) == 0) std::setvbuf(stdout, room, _IOFBF, sizeof room);
}

/// A line costs the system some microseconds, so whoever prints thousands of them a second has
/// them sent off by the dozen.
void end_line() {
    static std::chrono::steady_clock::time_point sent;
    const auto now = std::chrono::steady_clock::now();
    if (now - sent < 1ms) return;
    sent = now;
    flush_output();
}

void flush_output() {
    if (std::fflush(stdout) != 0 && reason == 0) reason = errno;
}

void finish_output() {
    flush_output();
    if (reason == 0 && std::ferror(stdout) == 0) return;
    errno = reason != 0 ? reason : EIO;
    throw failure("write", "the output");
}

void reserve_output() {
    reserved = Descriptor(fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3));
    dup2(STDERR_FILENO, STDOUT_FILENO);
}

void require_no_terminal(const std::filesystem::path& file) {
    std::error_code ignored;
    if (!std::filesystem::is_character_file(file, ignored)) return;
    refuse_terminal(Descriptor(open(file.c_str(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)));
}

void require_output(bool is_text) {
    if (!is_text) refuse_terminal(reserved);
    const int flags = fcntl(reserved.number(), F_GETFL);
    if (flags >= 0 && (flags & O_ACCMODE) != O_RDONLY) return;
    errno = EBADF;
    throw failure("write", "stdout");
}

void write_output(std::string_view bytes) { write_open_file(reserved, "stdout", bytes); }

}  // namespace microgpt
