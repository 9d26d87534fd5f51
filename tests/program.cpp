// Programs, by fork and the shell.
#include "program.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <sstream>

#include "catch.hpp"
#include "eventually.hpp"
#include "microgpt/files/file.hpp"

namespace microgpt {

namespace {

#ifdef __APPLE__
constexpr double a_megabyte = 1 << 20;  // ru_maxrss is in bytes
#else
constexpr double a_megabyte = 1 << 10;  // in kilobytes
#endif

}  // namespace

Process::Process(const std::string& arguments, const std::string& before,
                 const std::string& program) {
    const std::string folder = folder_.path();
    const std::string command = (before.empty() ? "" : before + "\n") + "exec '" +
                                MICROGPT_BINARY_DIR + "/" + program + "' " + arguments + " > '" +
                                folder + "/out' 2> '" + folder + "/err' < /dev/null";
    child_ = fork();
    if (child_ != 0) return;
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGXCPU})
        std::signal(number, SIG_DFL);
    execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
    _exit(127);
}

Process::~Process() {
    if (child_ <= 0) return;
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
}

void Process::signal(int number) const { kill(child_, number); }

Outcome Process::wait() {
    if (!eventually([this] { return has_ended(); }, patience)) kill(child_, SIGKILL);
    int status = 0;
    rusage usage{};
    wait4(child_, &status, 0, &usage);
    child_ = 0;
    const std::filesystem::path err = folder_.path() / "err";
    return {WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status), printed(),
            std::filesystem::exists(err) ? read_file(err) : "",
            static_cast<double>(usage.ru_maxrss) / a_megabyte};
}

std::string Process::printed() const {
    const std::filesystem::path out = folder_.path() / "out";
    return std::filesystem::exists(out) ? read_file(out) : "";
}

bool Process::has_ended() const {
    siginfo_t ended{};
    waitid(P_PID, static_cast<id_t>(child_), &ended, WEXITED | WNOHANG | WNOWAIT);
    return ended.si_pid != 0;
}

void Process::wait_for_lines(std::size_t count) const {
    eventually([&] { return lines_of(printed()).size() >= count || has_ended(); }, patience);
}

Outcome run_microgpt(const std::string& arguments, const std::string& before) {
    return Process(arguments, before).wait();
}

Outcome run_program(const std::string& program, const std::string& arguments) {
    return Process(arguments, "", program).wait();
}

void check_refused(const std::string& arguments, int status, const std::string& message,
                   const std::string& before) {
    INFO(before << " microgpt " << arguments);
    const Outcome outcome = run_microgpt(arguments, before);
    CHECK(outcome.status == status);
    CHECK(outcome.out.empty());
    CHECK(lines_of(outcome.err).size() == 1);
    CHECK_THAT(outcome.err, ContainsSubstring(message));
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

}  // namespace microgpt
