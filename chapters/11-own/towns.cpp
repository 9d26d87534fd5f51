// Towns: what is done to each name.
#include "towns.hpp"

namespace microgpt {

std::vector<std::string> names_in(const std::string& text) { return {text}; }

}  // namespace microgpt
