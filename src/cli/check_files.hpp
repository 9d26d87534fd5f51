// Whether every file that is named is for one purpose.
#pragma once

#include "arguments.hpp"

namespace microgpt {

/// Throws std::invalid_argument for a file that is to serve two, or is where downloads are kept.
void check_files(const Arguments& arguments);

}  // namespace microgpt
