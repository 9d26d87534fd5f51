// Text from elsewhere: control characters are those below a blank, DEL, and U+0080 to U+009F.
#include "one_line.hpp"

#include <cstdio>

namespace microgpt {

std::string one_line(std::string_view text) {
    std::string shown;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
        const bool is_long = byte == 0xC2 && next >= 0x80 && next < 0xA0;  // two bytes of UTF-8
        if (byte >= 0x20 && byte != 0x7F && !is_long) {
            shown += text[i];
            continue;
        }
        char escaped[8];
        std::snprintf(escaped, sizeof escaped, "\\x%02x", is_long ? next : byte);
        shown += escaped;
        if (is_long) ++i;
    }
    return shown;
}

}  // namespace microgpt
