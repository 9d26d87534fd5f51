// Figures: where a program leaves its pictures.
#pragma once

#include <string>

namespace microgpt::plot {

/// Writes `picture` to the folder "figures" of the current directory, and says so on standard
/// output. Throws std::runtime_error if it cannot.
void write_figure(const std::string& name, const std::string& picture);

}  // namespace microgpt::plot
