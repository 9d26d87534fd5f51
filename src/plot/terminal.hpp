// Terminal: whether what goes to it may have colours.
#pragma once

#include <cstdio>

namespace microgpt::plot {

/// Whether `stream` is a terminal that shows colours to someone who wants them: neither NO_COLOR
/// is set (https://no-color.org) nor TERM to "dumb".
bool color_wanted(std::FILE* stream);

}  // namespace microgpt::plot
