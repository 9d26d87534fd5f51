// Pieces: by the Unicode categories of utf8proc, and for ASCII by a table of them.
#include "microgpt/tokens/pieces.hpp"

#include <utf8proc.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace microgpt {

namespace {

enum class Kind : std::uint8_t { space, letter, number, sign };

/// Unicode's White_Space, by its list: no single category holds it.
bool is_space(std::int32_t code) {
    return (code >= 0x09 && code <= 0x0D) || code == 0x20 || code == 0x85 || code == 0xA0 ||
           code == 0x1680 || (code >= 0x2000 && code <= 0x200A) || code == 0x2028 ||
           code == 0x2029 || code == 0x202F || code == 0x205F || code == 0x3000;
}

Kind kind_of(std::int32_t code) {
    if (is_space(code)) return Kind::space;
    switch (utf8proc_category(code)) {
        case UTF8PROC_CATEGORY_LU:
        case UTF8PROC_CATEGORY_LL:
        case UTF8PROC_CATEGORY_LT:
        case UTF8PROC_CATEGORY_LM:
        case UTF8PROC_CATEGORY_LO:
            return Kind::letter;
        case UTF8PROC_CATEGORY_ND:
        case UTF8PROC_CATEGORY_NL:
        case UTF8PROC_CATEGORY_NO:
            return Kind::number;
        default:
            return Kind::sign;
    }
}

/// A code point's kind, and its length in bytes.
struct Look {
    Kind kind;
    std::size_t length;
};

Look look(std::string_view text) {
    static const std::array<Kind, 128> ascii = [] {
        std::array<Kind, 128> kinds{};
        for (std::int32_t code = 0; code < 128; ++code) {
            kinds[static_cast<std::size_t>(code)] = kind_of(code);
        }
        return kinds;
    }();
    const auto first = static_cast<unsigned char>(text.front());
    if (first < 128) return {ascii[first], 1};
    utf8proc_int32_t code = -1;
    const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                         static_cast<utf8proc_ssize_t>(text.size()), &code);
    if (length < 1) return {Kind::sign, 1};
    return {kind_of(code), static_cast<std::size_t>(length)};
}

/// Where a run of one kind ends that has begun before `end`.
std::size_t end_of_run(std::string_view text, std::size_t end, Kind kind) {
    while (end < text.size()) {
        const Look next = look(text.substr(end));
        if (next.kind != kind) break;
        end += next.length;
    }
    return end;
}

/// The length of a contraction's end, as the 's of "it's": 0 where there is none.
std::size_t contraction(std::string_view text) {
    if (text.front() != '\'') return 0;
    for (const std::string_view end : {"'s", "'t", "'re", "'ve", "'m", "'ll", "'d"}) {
        if (text.starts_with(end)) return end.size();
    }
    return 0;
}

/// White space as far as it goes, but for the last character where a word comes after it.
std::size_t white_space(std::string_view text) {
    std::size_t end = 0;
    std::size_t last = 0;
    while (end < text.size()) {
        const Look next = look(text.substr(end));
        if (next.kind != Kind::space) return last == 0 ? end : last;
        last = end;
        end += next.length;
    }
    return end;
}

}  // namespace

std::string_view piece(std::string_view text) {
    if (const std::size_t length = contraction(text)) return text.substr(0, length);
    const std::size_t blank = text.front() == ' ' ? 1 : 0;
    if (blank < text.size()) {
        const Kind kind = look(text.substr(blank)).kind;
        if (kind != Kind::space) return text.substr(0, end_of_run(text, blank, kind));
    }
    return text.substr(0, white_space(text));
}

}  // namespace microgpt
