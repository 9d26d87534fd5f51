// Magic: what a file is, by its first bytes.
#pragma once

#include <string_view>

namespace microgpt {

/// What to do with a file that is not what it was taken for, as far as its first bytes tell; else
/// nothing.
std::string_view advice_on(std::string_view bytes);

}  // namespace microgpt
