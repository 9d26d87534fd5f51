// Byte letters: GPT-2's table, both ways.
#include "microgpt/tokens/byte_letters.hpp"

#include <algorithm>

#include "microgpt/data/spelling.hpp"
#include "microgpt/data/text.hpp"

namespace microgpt {

namespace {

constexpr int first_stand_in = 0x100;

bool is_seen(int byte) {
    return (byte >= '!' && byte <= '~') || (byte >= 0xA1 && byte <= 0xFF && byte != 0xAD);
}

/// All are below U+0800: one byte of UTF-8, or two.
std::string utf8(int code) {
    if (code < 0x80) return {static_cast<char>(code)};
    return {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 0x3F))};
}

}  // namespace

const std::array<std::uint8_t, 256>& bytes_by_letter() {
    static const std::array<std::uint8_t, 256> bytes = [] {
        std::array<std::uint8_t, 256> all;
        for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::uint8_t>(i);
        std::stable_partition(all.begin(), all.end(), is_seen);
        return all;
    }();
    return bytes;
}

/// A byte's letter, by the byte.
static const std::array<std::string, 256>& letters() {
    static const std::array<std::string, 256> table = [] {
        std::array<std::string, 256> all;
        int stand_in = first_stand_in;
        for (const std::uint8_t byte : bytes_by_letter()) {
            all[byte] = utf8(is_seen(byte) ? byte : stand_in++);
        }
        return all;
    }();
    return table;
}

std::string letters_of(std::string_view bytes) {
    std::string text;
    for (const char byte : bytes) text += letters()[static_cast<std::uint8_t>(byte)];
    return text;
}

std::string bytes_of(std::string_view text) {
    std::string bytes;
    while (!text.empty()) {
        const std::string_view letter = code_point(text);
        const auto place = std::ranges::find(letters(), letter);
        if (place == letters().end()) {
            throw DataError("the letter " + named(letter) + " stands for no byte");
        }
        bytes += static_cast<char>(place - letters().begin());
        text.remove_prefix(letter.size());
    }
    return bytes;
}

}  // namespace microgpt
