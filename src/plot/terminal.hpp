// Terminal: what may go to it.
#pragma once

#include <cstdio>

namespace microgpt::plot {

/// Whether `stream` is a terminal.
bool is_terminal(std::FILE* stream);

/// Whether it is one on which a line can be drawn over itself: not a dumb one, as TERM says.
bool can_redraw(std::FILE* stream);

/// Whether `stream` is a terminal that says in COLORTERM that it shows 24 bits of colour, and
/// NO_COLOR (https://no-color.org) is not set.
bool color_wanted(std::FILE* stream);

}  // namespace microgpt::plot
