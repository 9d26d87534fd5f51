// Saying something, where a progress bar may stand.
#include "say.hpp"

#include <algorithm>
#include <cstdio>
#include <new>
#include <stdexcept>
#include <string>

#include "microgpt/run/memory.hpp"
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

/// What the library calls by its members' names, by their flags.
std::string with_flags(std::string advice) {
    for (const std::string flag : {"--n-embd", "--n-layer", "--block-size", "--batch"}) {
        std::string member = flag.substr(2);
        std::ranges::replace(member, '-', '_');
        const std::size_t at = advice.find(member);
        if (at != std::string::npos) advice.replace(at, member.size(), flag);
    }
    return advice;
}

}  // namespace

void say(const std::string& message) { print(one_line(message).c_str()); }

void say(const std::exception& error) noexcept try {
    const bool is_too_long = dynamic_cast<const std::length_error*>(&error) != nullptr;
    if (is_too_long || dynamic_cast<const std::bad_alloc*>(&error) != nullptr) {
        return print("out of memory: choose a smaller model, or less data");
    }
    const bool advises = dynamic_cast<const MemoryError*>(&error) != nullptr;
    say(advises ? with_flags(error.what()) : error.what());
} catch (const std::bad_alloc&) {
    print(error.what());
}

}  // namespace microgpt
