// Progress bar: one line of a terminal, drawn again and again.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <string>

namespace microgpt::plot {

/// "[####------] ", as long as there is room for; nothing, if there is hardly any. `share` goes
/// from 0 to 1.
std::string bar(double share, std::size_t room);

/// Shows on standard output, which should be a terminal, how far training is: percent, step, loss,
/// the mean of the last 100 losses, steps a second, and the time that is left. Where the line is
/// narrow, whole figures are left out, the last ones first.
class ProgressBar {
  public:
    explicit ProgressBar(std::uint32_t steps) : steps_(steps) {}

    /// Takes the loss of a step, counted from 0, and draws, at most 25 times a second.
    void step(std::uint32_t step, double loss);
    /// Leaves the line empty.
    static void clear();

  private:
    std::string line(std::uint32_t done, double loss, double seconds) const;

    std::uint32_t steps_;
    std::uint32_t first_ = 0;  // where a run that goes on from a checkpoint begins
    std::deque<double> recent_;
    double recent_sum_ = 0;
    std::chrono::steady_clock::time_point start_;
    std::chrono::steady_clock::time_point drawn_;
};

}  // namespace microgpt::plot
