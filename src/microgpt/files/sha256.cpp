// SHA-256, as FIPS 180-4 writes it down.
#include "microgpt/files/sha256.hpp"

#include <array>
#include <bit>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <stdexcept>

namespace microgpt {

namespace {

using std::rotr;

/// Numbers that nobody chose: what stands behind the point of the roots of the first primes.
struct Constants {
    std::array<std::uint32_t, 64> cube_roots;
    std::array<std::uint32_t, 8> square_roots;

    Constants() {
        std::size_t count = 0;
        for (int n = 2; count < cube_roots.size(); ++n) {
            if (!is_prime(n)) continue;
            if (count < square_roots.size()) square_roots[count] = behind_point(std::sqrt(n));
            cube_roots[count++] = behind_point(std::cbrt(n));
        }
    }
    static bool is_prime(int n) {
        int divisor = 2;
        while (divisor * divisor <= n && n % divisor != 0) ++divisor;
        return divisor * divisor > n;
    }
    static std::uint32_t behind_point(double x) {
        return static_cast<std::uint32_t>((x - std::floor(x)) * 4294967296.0);  // 2^32
    }
};

const Constants& constants() {
    static const Constants once;
    return once;
}

constexpr std::size_t block = 64;  // bytes

/// Four bytes, the highest first.
std::uint32_t word(const char* bytes) {
    std::uint32_t word = 0;
    for (int i = 0; i < 4; ++i) word = word << 8 | static_cast<unsigned char>(bytes[i]);
    return word;
}

/// Stirs a block into the digest.
void take(const char* bytes, std::array<std::uint32_t, 8>& digest) {
    std::array<std::uint32_t, 64> w;
    for (std::size_t i = 0; i < 16; ++i) w[i] = word(bytes + 4 * i);
    for (std::size_t i = 16; i < 64; ++i) {
        const std::uint32_t x = w[i - 15], y = w[i - 2];
        w[i] = w[i - 16] + (rotr(x, 7) ^ rotr(x, 18) ^ x >> 3) + w[i - 7] +
               (rotr(y, 17) ^ rotr(y, 19) ^ y >> 10);
    }
    auto [a, b, c, d, e, f, g, h] = digest;
    for (std::size_t i = 0; i < 64; ++i) {
        const std::uint32_t one = h + (rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25)) +
                                  ((e & f) ^ (~e & g)) + constants().cube_roots[i] + w[i];
        const std::uint32_t other =
            (rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g, g = f, f = e, e = d + one, d = c, c = b, b = a, a = one + other;
    }
    const std::array<std::uint32_t, 8> stirred = {a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < 8; ++i) digest[i] += stirred[i];
}

}  // namespace

std::string sha256_of(std::string_view bytes) {
    std::array<std::uint32_t, 8> digest = constants().square_roots;
    const std::uint64_t bits = 8 * std::uint64_t{bytes.size()};
    for (; bytes.size() >= block; bytes.remove_prefix(block)) take(bytes.data(), digest);
    std::string last(bytes);  // is filled up: a one, zeros, and how many bits there were
    last += '\x80';
    last.resize((last.size() + 8 + block - 1) / block * block - 8);
    for (int shift = 56; shift >= 0; shift -= 8) last += static_cast<char>(bits >> shift);
    for (std::size_t i = 0; i < last.size(); i += block) take(last.data() + i, digest);
    std::string text;
    for (const std::uint32_t word : digest) {
        char digits[9];
        std::snprintf(digits, sizeof digits, "%08x", word);
        text += digits;
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
