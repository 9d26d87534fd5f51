// What the library asks of utf8proc, for the page: UTF-8 and white space, without its tables.
#pragma once

#include <cstddef>
#include <cstdint>

#include "microgpt/autograd/error.hpp"

using utf8proc_uint8_t = std::uint8_t;
using utf8proc_int32_t = std::int32_t;
using utf8proc_ssize_t = std::ptrdiff_t;

enum utf8proc_category_t { UTF8PROC_CATEGORY_CN, UTF8PROC_CATEGORY_ZS, UTF8PROC_CATEGORY_CF };
enum utf8proc_bidi_class_t {
    UTF8PROC_BIDI_CLASS_NONE,
    UTF8PROC_BIDI_CLASS_WS,
    UTF8PROC_BIDI_CLASS_B,
    UTF8PROC_BIDI_CLASS_S
};
enum utf8proc_boundclass_t {
    UTF8PROC_BOUNDCLASS_START,
    UTF8PROC_BOUNDCLASS_OTHER,
    UTF8PROC_BOUNDCLASS_PREPEND
};
enum utf8proc_option_t { UTF8PROC_STABLE = 2, UTF8PROC_COMPOSE = 8, UTF8PROC_DECOMPOSE = 16 };

struct utf8proc_property_t {
    utf8proc_category_t category;
    utf8proc_bidi_class_t bidi_class;
    utf8proc_boundclass_t boundclass;
};

/// The code point at the start of some bytes, and how many of them it takes: below 1 where it is
/// none.
inline utf8proc_ssize_t utf8proc_iterate(const utf8proc_uint8_t* bytes, utf8proc_ssize_t size,
                                         utf8proc_int32_t* code) {
    *code = -1;
    if (size < 1) return 0;
    const int first = bytes[0];
    const int length = first < 0x80   ? 1
                       : first < 0xC2 ? 0
                       : first < 0xE0 ? 2
                       : first < 0xF0 ? 3
                       : first < 0xF5 ? 4
                                      : 0;
    if (length == 0 || length > size) return -1;
    utf8proc_int32_t found = length == 1 ? first : first & (0x7F >> length);
    for (int i = 1; i < length; ++i) {
        if ((bytes[i] & 0xC0) != 0x80) return -1;
        found = found << 6 | (bytes[i] & 0x3F);
    }
    const bool too_long = (length == 3 && found < 0x800) || (length == 4 && found < 0x10000);
    if (too_long || (found >= 0xD800 && found < 0xE000) || found > 0x10FFFF) return -1;
    *code = found;
    return length;
}

/// What str.strip() of Python takes away: the only property that is known here.
inline bool is_white(utf8proc_int32_t code) {
    return (code >= 0x09 && code <= 0x0D) || (code >= 0x1C && code <= 0x20) || code == 0x85 ||
           code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) || code == 0x2028 ||
           code == 0x2029 || code == 0x202F || code == 0x205F || code == 0x3000;
}

inline const utf8proc_property_t* utf8proc_get_property(utf8proc_int32_t code) {
    static constexpr utf8proc_property_t white = {UTF8PROC_CATEGORY_ZS, UTF8PROC_BIDI_CLASS_WS,
                                                  UTF8PROC_BOUNDCLASS_OTHER};
    static constexpr utf8proc_property_t other = {UTF8PROC_CATEGORY_CN, UTF8PROC_BIDI_CLASS_NONE,
                                                  UTF8PROC_BOUNDCLASS_OTHER};
    return is_white(code) ? &white : &other;
}

inline utf8proc_category_t utf8proc_category(utf8proc_int32_t code) {
    return utf8proc_get_property(code)->category;
}

/// Whether a character is seen: what controls, and accents that stand alone, are not.
inline int utf8proc_charwidth(utf8proc_int32_t code) {
    const bool is_control = code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0xAD;
    const bool is_accent = code >= 0x300 && code < 0x370;
    return is_control || is_accent || (code >= 0x200B && code < 0x2010) || code == 0xFEFF ? 0 : 1;
}

/// Graphemes are beyond this: the recipe that needs them stays with the program.
inline bool utf8proc_grapheme_break_stateful(utf8proc_int32_t previous, utf8proc_int32_t code,
                                             utf8proc_int32_t*) {
    if (previous < 0x300 && code < 0x300) return previous != '\r' || code != '\n';
    throw microgpt::Error("the page knows no graphemes: train this recipe with the program");
}

/// No accent is moved.
inline utf8proc_ssize_t utf8proc_map(const utf8proc_uint8_t*, utf8proc_ssize_t, utf8proc_uint8_t**,
                                     utf8proc_option_t) {
    return -1;
}
