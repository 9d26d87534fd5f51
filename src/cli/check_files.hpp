// Whether every file that is named is for one purpose.
#pragma once

#include "arguments.hpp"

namespace microgpt {

/// Throws std::invalid_argument for a file that is to serve two, or is where downloads are kept.
void check_files(const Arguments& arguments);

/// The same for microgpt tokens: the text, and where pieces are taken from and kept.
void check_files(const std::filesystem::path& text, const std::filesystem::path& load,
                 const std::filesystem::path& save);

}  // namespace microgpt
