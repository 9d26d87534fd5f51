// SHA-256, by OpenSSL's libcrypto.
#include "microgpt/files/sha256.hpp"

#include <openssl/evp.h>

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

}  // namespace microgpt
