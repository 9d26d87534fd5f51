// A progress bar: one line of a terminal, drawn again and again.
#pragma once

#include <chrono>
#include <deque>
#include <string>

#include "microgpt/tape.hpp"

namespace microgpt {

/// Shows how far training is: percent, step, loss, the mean of the last 100 losses, steps a
/// second, and the time that is left. Standard output must be a terminal.
class ProgressBar {
  public:
    explicit ProgressBar(Index steps);

    /// Takes the loss of a step, the first being 0, and draws, at most 25 times a second.
    void step(Index step, double loss);
    /// Leaves the line empty.
    static void clear();

  private:
    std::string line(Index done, double loss, double seconds) const;

    Index steps_;
    std::deque<double> recent_;
    double recent_sum_ = 0;
    std::chrono::steady_clock::time_point start_;
    std::chrono::steady_clock::time_point drawn_;
};

}  // namespace microgpt
