// SHA-256, by OpenSSL's libcrypto.
#include "microgpt/files/sha256.hpp"

#include <openssl/evp.h>

#include <cctype>
#include <stdexcept>

#include "microgpt/autograd/error.hpp"

namespace microgpt {

std::string sha256_of(std::string_view bytes) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest, &length, EVP_sha256(), nullptr) != 1 ||
        length != 32) {
        throw Error(
            "OpenSSL cannot compute a SHA-256: its configuration leaves that out, or memory has "
            "run "
            "out");
    }
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < length; ++i) {
        text += digits[digest[i] / 16];
        text += digits[digest[i] % 16];
    }
    return text;
}

std::string sha256_from(std::string digits) {
    for (char& digit : digits)
        digit = static_cast<char>(std::tolower(static_cast<unsigned char>(digit)));
    if (digits.size() == 64 && digits.find_first_not_of("0123456789abcdef") == std::string::npos) {
        return digits;
    }
    throw std::invalid_argument("'" + digits + "' is not 64 hexadecimal digits");
}

}  // namespace microgpt
