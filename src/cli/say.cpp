// Saying something, where a progress bar may stand.
#include "say.hpp"

#include <cstdio>
#include <new>
#include <stdexcept>

#include "one_line.hpp"
#include "output.hpp"
#include "plot/progress.hpp"
#include "plot/terminal.hpp"

namespace microgpt {

namespace {

void print(const char* line) noexcept {
    if (plot::can_redraw(stdout)) plot::ProgressBar::clear();
    flush_output();
    std::fprintf(stderr, "microgpt: %s\n", line);
}

}  // namespace

void say(const std::string& message) { print(one_line(message).c_str()); }

void say(const std::exception& error) noexcept try {
    const bool is_too_long = dynamic_cast<const std::length_error*>(&error) != nullptr;
    if (is_too_long || dynamic_cast<const std::bad_alloc*>(&error) != nullptr) {
        return print("out of memory: choose a smaller model, or less data");
    }
    say(std::string(error.what()));
} catch (const std::bad_alloc&) {
    print(error.what());
}

}  // namespace microgpt
