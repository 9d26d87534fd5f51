// The version, for programs that ask what they were built with.
#pragma once

#include <string_view>

namespace microgpt {

/// Of the library and of the program, as MAJOR.MINOR.PATCH; CHANGELOG.md says what it promises.
inline constexpr std::string_view version = "1.1.0";

}  // namespace microgpt
