// Saying something, where a progress bar may stand.
#include "say.hpp"

#include <cstdio>

#include "one_line.hpp"
#include "plot/progress.hpp"
#include "plot/terminal.hpp"

namespace microgpt {

void say(const std::string& message) {
    if (plot::can_redraw(stdout)) plot::ProgressBar::clear();
    std::fflush(stdout);
    std::fprintf(stderr, "microgpt: %s\n", one_line(message).c_str());
}

}  // namespace microgpt
