// Terminal: whether what goes to it may have colours.
#pragma once

#include <cstdio>

namespace microgpt::plot {

/// Whether `stream` is a terminal.
bool is_terminal(std::FILE* stream);

/// Whether `stream` is a terminal that says in COLORTERM that it shows 24 bits of colour, and
/// NO_COLOR (https://no-color.org) is not set.
bool color_wanted(std::FILE* stream);

}  // namespace microgpt::plot
