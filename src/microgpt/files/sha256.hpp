// SHA-256: the fingerprint of some bytes.
#pragma once

#include <string>
#include <string_view>

namespace microgpt {

/// The SHA-256 of some bytes (FIPS 180-4), as 64 hexadecimal digits. Throws Error where OpenSSL
/// cannot compute it.
std::string sha256_of(std::string_view bytes);

/// The same digits in small letters, as sha256_of() gives them. Throws std::invalid_argument for
/// what is no SHA-256.
std::string sha256_digits(std::string digits);

}  // namespace microgpt
