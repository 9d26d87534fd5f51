// The microgpt program: trains a GPT and lets it invent names.
#include <csignal>
#include <cstdlib>
#include <exception>
#include <new>

#include "command.hpp"
#include "output.hpp"
#include "say.hpp"

namespace {

using namespace microgpt;

/// Some destructors of libraries ask for memory, and where there is none they end the program.
[[noreturn]] void give_up() noexcept try {
    if (const auto error = std::current_exception()) std::rethrow_exception(error);
    std::abort();
} catch (const std::bad_alloc& error) {
    say(error);
    std::_Exit(1);
} catch (...) {
    std::abort();
}

}  // namespace

int main(int argc, char** argv) try {
    std::set_terminate(give_up);
    std::signal(SIGXFSZ, SIG_IGN);  // a file that grows too large is an error like a full disk
    require_standard_streams();
    Host alone;
    const int status = run_command(argc, argv, alone);
    if (status == 0) finish_output();
    return status;
} catch (const std::exception& error) {
    microgpt::say(error);
    return 1;
}
