// SHA-256: the fingerprint of some bytes.
#pragma once

#include <string>
#include <string_view>

namespace microgpt {

/// The SHA-256 of some bytes (FIPS 180-4), as 64 hexadecimal digits.
std::string sha256_of(std::string_view bytes);

/// The digits of one as sha256_of() writes them, be they upper or lower case. Throws
/// std::invalid_argument unless they are 64 hexadecimal ones.
std::string sha256_from(std::string digits);

}  // namespace microgpt
