// Terminal: three questions, to the environment and to the system.
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

bool color_wanted(std::FILE* stream) {
    return environment("NO_COLOR").empty() && environment("TERM") != "dumb" &&
           isatty(fileno(stream)) != 0;
}

}  // namespace microgpt::plot
