// What the library asks of libcrypto, for the page: SHA-256 (FIPS 180-4), and nothing else.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

constexpr std::size_t EVP_MAX_MD_SIZE = 64;
struct EVP_MD {};
inline const EVP_MD* EVP_sha256() { return nullptr; }

namespace sha256 {

/// The first 32 bits after the point of the cube roots (or square roots) of the first primes.
inline constexpr std::uint32_t first[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                           0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
inline constexpr std::uint32_t rounds[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/// 64 bytes go into the eight words.
inline void take(std::array<std::uint32_t, 8>& state, const unsigned char* bytes) {
    std::array<std::uint32_t, 64> w;
    for (int i = 0; i < 16; ++i, bytes += 4) {
        w[i] = std::uint32_t{bytes[0]} << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
    }
    for (int i = 16; i < 64; ++i) {
        const std::uint32_t a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + (std::rotr(a, 7) ^ std::rotr(a, 18) ^ a >> 3) + w[i - 7] +
               (std::rotr(b, 17) ^ std::rotr(b, 19) ^ b >> 10);
    }
    auto [a, b, c, d, e, f, g, h] = state;
    for (int i = 0; i < 64; ++i) {
        const std::uint32_t t1 = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) +
                                 ((e & f) ^ (~e & g)) + rounds[i] + w[i];
        const std::uint32_t t2 =
            (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
    }
    const std::uint32_t more[8] = {a, b, c, d, e, f, g, h};
    for (int i = 0; i < 8; ++i) state[i] += more[i];
}

}  // namespace sha256

inline int EVP_Digest(const void* data, std::size_t size, unsigned char* digest,
                      unsigned int* length, const EVP_MD*, const void*) {
    const auto* bytes = static_cast<const unsigned char*>(data);
    std::array<std::uint32_t, 8> state;
    for (int i = 0; i < 8; ++i) state[i] = sha256::first[i];
    std::vector<unsigned char> rest(bytes + size / 64 * 64, bytes + size);
    for (std::size_t i = 0; i + 64 <= size; i += 64) sha256::take(state, bytes + i);
    rest.push_back(0x80);  // then zeros, and how many bits there were
    while (rest.size() % 64 != 56) rest.push_back(0);
    for (int shift = 56; shift >= 0; shift -= 8) {
        rest.push_back(static_cast<unsigned char>(std::uint64_t{size} * 8 >> shift));
    }
    for (std::size_t i = 0; i < rest.size(); i += 64) sha256::take(state, rest.data() + i);
    for (int i = 0; i < 32; ++i)
        digest[i] = static_cast<unsigned char>(state[i / 4] >> (24 - i % 4 * 8));
    *length = 32;
    return 1;
}
