// The progress bar's arithmetic, and the two control sequences it needs.
#include "plot/progress.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace microgpt::plot {

namespace {

using namespace std::chrono_literals;

std::size_t terminal_width() {
    winsize size{};
    const bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col : 80;
}

double seconds_between(std::chrono::steady_clock::time_point a,
                       std::chrono::steady_clock::time_point b) {
    return std::chrono::duration<double>(b - a).count();
}

template <class... Numbers>
std::string print(const char* format, Numbers... numbers) {
    char text[64];
    std::snprintf(text, sizeof text, format, numbers...);
    return text;
}

}  // namespace

std::string bar(double share, std::size_t room) {
    if (room < 8) return "";
    const std::size_t width = std::min<std::size_t>(room - 3, 20);
    const auto filled = static_cast<std::size_t>(share * static_cast<double>(width));
    return "[" + std::string(filled, '#') + std::string(width - filled, '-') + "] ";
}

void ProgressBar::step(std::uint32_t step, double loss) {
    const auto now = std::chrono::steady_clock::now();
    if (recent_.empty()) {
        first_ = step;
        start_ = now;
    }
    recent_.push_back(loss);
    recent_sum_ += loss;
    if (recent_.size() > 100) {
        recent_sum_ -= recent_.front();
        recent_.pop_front();
    }
    if (now - drawn_ < 40ms) return;
    drawn_ = now;
    std::printf("\r%s\x1b[K", line(step + 1, loss, seconds_between(start_, now)).c_str());
    std::fflush(stdout);
}

void ProgressBar::clear() { std::printf("\r\x1b[K"); }

std::string ProgressBar::line(std::uint32_t done, double loss, double seconds) const {
    const double mean = recent_sum_ / static_cast<double>(recent_.size());
    const double rate = (done - first_ - 1) / std::max(seconds, 1e-9);  // the clock began after one
    const bool known = seconds >= 0.04;                                 // by then there is one
    const long left = known ? std::lround((steps_ - done) / rate) : 0;
    const std::size_t room = terminal_width() - 1;
    std::string text;
    for (const std::string& field : {
             print("%3.0f %%", 100.0 * done / steps_),
             print(" %u/%u", done, steps_),
             print(" loss %.4f", loss),
             print(" mean %.4f", mean),
             known ? print(" %.0f steps/s", rate) : "",
             known ? print(" %ld:%02ld left", left / 60, left % 60) : "",
         }) {
        if (text.size() + field.size() > room) break;
        text += field;
    }
    return bar(static_cast<double>(done) / steps_, room - text.size()) + text;
}

}  // namespace microgpt::plot
