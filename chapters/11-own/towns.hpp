// Towns: a raw file of names, cleaned step by step.
#pragma once

#include <string>
#include <vector>

namespace microgpt {

/// The names of a raw file, one a row.
std::vector<std::string> names_in(const std::string& text);

}  // namespace microgpt
