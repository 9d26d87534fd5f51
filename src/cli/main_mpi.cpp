// The microgpt-mpi program: microgpt on many ranks, with the same digits.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <new>
#include <optional>
#include <thread>

#include "command.hpp"
#include "crew.hpp"
#include "microgpt/engines/fast/simd.hpp"
#include "microgpt/files/file.hpp"
#include "microgpt/files/sha256.hpp"
#include "microgpt/run/memory.hpp"
#include "microgpt/version.hpp"
#include "output.hpp"
#include "say.hpp"

namespace {

using namespace microgpt;

int errors = STDERR_FILENO;  // where a rank that is silent says its last words

/// All but the first are silent.
void fall_silent() {
    errors = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
}

/// One rank says what went wrong, and the job ends. What goes wrong on all is for the first to say:
/// the others give it time, each a little more than the one before.
[[noreturn]] void give_up(const Ranks& ranks, const std::exception& error) {
    if (!ranks.is_first()) {
        const bool may_be_mine = dynamic_cast<const std::bad_alloc*>(&error) != nullptr ||
                                 dynamic_cast<const MemoryError*>(&error) != nullptr;
        const auto patience = std::chrono::milliseconds(may_be_mine ? 1000 : 20000);
        const std::size_t more = std::min<std::size_t>(200 * ranks.rank(), 10'000);
        std::this_thread::sleep_for(patience + std::chrono::milliseconds(more));
        dup2(errors, STDERR_FILENO);
    }
    say(error);
    Ranks::end_all(1);
}

/// What this program is: its bytes, or where they cannot be had its version.
std::string identity() try {
    return sha256_of(read_file("/proc/self/exe"));
} catch (const FileError&) {
    return std::string(version);
}

std::string all_of(int argc, char** argv) {
    std::string flags;
    for (int i = 1; i < argc; ++i) flags += std::string(argv[i]) + '\0';
    return flags;
}

/// Whether they can come to the same digits.
void meet(Ranks& ranks, int argc, char** argv) {
    ranks.require_same(identity(), "is another version of this program");
    ranks.require_same(all_of(argc, argv), "was started with other flags");
    ranks.require_same(simd::kernels<float>().target,
                       "has another kind of processor, which rounds otherwise,");
    ranks.have_met();
}

/// How many seconds to wait for the others: what MICROGPT_PATIENCE says, from 1 to 9999, or 60.
unsigned patience() {
    const char* seconds = std::getenv("MICROGPT_PATIENCE");
    const unsigned long said = seconds != nullptr ? std::strtoul(seconds, nullptr, 10) : 0;
    return said > 0 && said < 10000 ? static_cast<unsigned>(said) : 60;
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGXFSZ, SIG_IGN);
    setenv("TERM", "dumb", 1);  // mpirun shows each rank a terminal, and may itself write to a file
    require_standard_streams();
    std::optional<Ranks> ranks;
    try {
        ranks.emplace(argc, argv, patience());
    } catch (const std::exception& error) {
        say(error);
        return 1;
    }
    ranks->interrupted = [] { return microgpt::interrupted(); };
    ranks->lose = [&](const std::exception& error) { give_up(*ranks, error); };
    if (!ranks->is_first()) fall_silent();
    try {
        meet(*ranks, argc, argv);
        Crew crew(*ranks);
        const int status = run_command(argc, argv, crew);
        if (status == 0) finish_output();
        return status;
    } catch (const std::exception& error) {
        give_up(*ranks, error);
    }
}
