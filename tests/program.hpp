// Programs of the build directory, run as a user runs them.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

#include "temporary.hpp"

namespace microgpt {

#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool under_asan = true;  // what is freed stays for a while
#elif defined(__has_feature)
inline constexpr bool under_asan = __has_feature(address_sanitizer);
#else
inline constexpr bool under_asan = false;
#endif

/// What a program did.
struct Outcome {
    int status;  // of its exit; 128 and the signal's number if it was ended by one
    std::string out;
    std::string err;
    double megabytes;  // of memory, at the most
};

/// A program that is running, its output going to files.
class Process {
  public:
    static constexpr std::chrono::seconds patience{50};

    /// `arguments` are words for the shell; `before` are commands for it, as "ulimit -f 8".
    explicit Process(const std::string& arguments, const std::string& before = "",
                     const std::string& program = "microgpt");
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    pid_t id() const { return child_; }
    void signal(int number) const;
    bool has_ended() const;
    /// Waits until it has ended. If it takes longer than `patience` it is killed.
    Outcome wait();
    /// What it has printed so far.
    std::string printed() const;
    /// Waits until it has printed so many lines, or has ended, or patience has.
    void wait_for_lines(std::size_t count) const;

  private:
    TemporaryDirectory folder_;
    pid_t child_;
};

/// Runs microgpt, or another program, to its end.
Outcome run_microgpt(const std::string& arguments, const std::string& before = "");
Outcome run_program(const std::string& program, const std::string& arguments = "");

/// Holds a mistake against what it has to end in: a status, one line, and no output.
void check_refused(const std::string& arguments, int status, const std::string& message,
                   const std::string& before = "");

std::vector<std::string> lines_of(const std::string& text);

}  // namespace microgpt
