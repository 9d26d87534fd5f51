// Terminal: questions to the environment and to the system.
#include "plot/terminal.hpp"

#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace microgpt::plot {

namespace {

std::string_view environment(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

}  // namespace

bool is_terminal(std::FILE* stream) { return isatty(fileno(stream)) != 0; }

bool can_redraw(std::FILE* stream) { return is_terminal(stream) && environment("TERM") != "dumb"; }

bool color_wanted(std::FILE* stream) {
    const std::string_view colors = environment("COLORTERM");
    return environment("NO_COLOR").empty() && (colors == "truecolor" || colors == "24bit") &&
           is_terminal(stream);
}

}  // namespace microgpt::plot
