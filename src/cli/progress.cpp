// The progress bar's arithmetic, and the two control sequences it needs.
#include "progress.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace microgpt {

namespace {

using namespace std::chrono_literals;

int terminal_width() {
    winsize size{};
    const bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col : 80;
}

double seconds_between(std::chrono::steady_clock::time_point a,
                       std::chrono::steady_clock::time_point b) {
    return std::chrono::duration<double>(b - a).count();
}

}  // namespace

ProgressBar::ProgressBar(Index steps) : steps_(steps), start_(std::chrono::steady_clock::now()) {}

void ProgressBar::step(Index step, double loss) {
    recent_.push_back(loss);
    recent_sum_ += loss;
    if (recent_.size() > 100) {
        recent_sum_ -= recent_.front();
        recent_.pop_front();
    }
    const auto now = std::chrono::steady_clock::now();
    if (now - drawn_ < 40ms) return;
    drawn_ = now;
    std::printf("\r%s\x1b[K", line(step + 1, loss, seconds_between(start_, now)).c_str());
    std::fflush(stdout);
}

void ProgressBar::clear() { std::printf("\r\x1b[K"); }

std::string ProgressBar::line(Index done, double loss, double seconds) const {
    const double mean = recent_sum_ / static_cast<double>(recent_.size());
    const double rate = done / std::max(seconds, 1e-9);
    const long left = std::lround((steps_ - done) / rate);
    char text[160];
    std::snprintf(
        text, sizeof text,
        " %3.0f %% | step %u / %u | loss %.4f | mean %.4f | %.0f steps/s | %ld:%02ld left",
        100.0 * done / steps_, done, steps_, loss, mean, rate, left / 60, left % 60);
    std::string all = text;
    const int room = terminal_width() - 1 - static_cast<int>(all.size());
    if (room >= 0) {
        const int width = std::min(room, 20);
        const int filled = static_cast<int>(static_cast<double>(width) * done / steps_);
        all = std::string(filled, '#') + std::string(width - filled, '-') + all;
    }
    return all.substr(0, static_cast<std::size_t>(terminal_width() - 1));
}

}  // namespace microgpt
