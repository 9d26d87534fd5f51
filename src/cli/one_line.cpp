// Text from elsewhere: what a terminal obeys are control characters and signs that turn its line.
#include "one_line.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdio>

namespace microgpt {

namespace {

/// Control characters, and those that have all that follows run from right to left: they can show
/// a line in another order than it has (Trojan Source, Boucher and Anderson 2021).
bool is_obeyed(utf8proc_int32_t point) {
    return utf8proc_category(point) == UTF8PROC_CATEGORY_CC ||
           (0x202A <= point && point <= 0x202E) || (0x2066 <= point && point <= 0x2069);
}

}  // namespace

std::string one_line(std::string_view text) {
    std::string shown;
    while (!text.empty()) {
        utf8proc_int32_t point = -1;
        const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
        const auto size = static_cast<utf8proc_ssize_t>(text.size());
        const auto length = std::max<utf8proc_ssize_t>(1, utf8proc_iterate(bytes, size, &point));
        const std::string_view letter = text.substr(0, static_cast<std::size_t>(length));
        text.remove_prefix(letter.size());
        char escaped[12];
        std::snprintf(escaped, sizeof escaped, point < 256 ? "\\x%02x" : "\\u%04x", point);
        shown += is_obeyed(point) ? escaped : letter;
    }
    return shown;
}

}  // namespace microgpt
