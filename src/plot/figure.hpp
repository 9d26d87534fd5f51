// Figures: where a program leaves its pictures.
#pragma once

#include <string>

namespace microgpt::plot {

/// Writes `picture` to a folder, which is made if need be, and says so on standard output. Throws
/// Error if it cannot.
void write_figure(const std::string& name, const std::string& picture,
                  const std::string& folder = "figures");

}  // namespace microgpt::plot
