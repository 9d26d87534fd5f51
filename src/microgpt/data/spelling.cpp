// Spelling, by utf8proc's tables.
#include "microgpt/data/spelling.hpp"

#include <utf8proc.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "microgpt/data/text.hpp"

namespace microgpt {

namespace {

const utf8proc_uint8_t* bytes_of(std::string_view text) {
    return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

std::int32_t code_of(std::string_view character) {
    utf8proc_int32_t code = -1;
    utf8proc_iterate(bytes_of(character), static_cast<utf8proc_ssize_t>(character.size()), &code);
    return code;
}

/// Whether anything is seen of it where it stands alone: not of a blank or an accent.
bool is_seen(std::int32_t code) {
    const utf8proc_category_t category = utf8proc_category(code);
    return utf8proc_charwidth(code) > 0 && category != UTF8PROC_CATEGORY_ZS &&
           category != UTF8PROC_CATEGORY_CF;
}

std::string mapped(std::string_view text, utf8proc_option_t composition) {
    utf8proc_uint8_t* result = nullptr;
    const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | composition);
    const utf8proc_ssize_t size =
        utf8proc_map(bytes_of(text), static_cast<utf8proc_ssize_t>(text.size()), &result, options);
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(result, std::free);
    return size < 0 ? std::string(text) : std::string(result, result + size);
}

}  // namespace

std::string named(std::string_view character) {
    std::string numbers;
    for (std::string_view rest = character; !rest.empty();) {
        char number[16];
        std::snprintf(number, sizeof number, " U+%04X", static_cast<unsigned>(code_of(rest)));
        numbers += number;
        rest.remove_prefix(code_point(rest).size());
    }
    numbers.erase(0, 1);
    if (!is_seen(code_of(character))) return numbers;
    const std::string quoted = "'" + std::string(character) + "'";
    return character.size() == 1 ? quoted : quoted + " (" + numbers + ")";
}

std::string with_accents_inside(std::string_view text) { return mapped(text, UTF8PROC_COMPOSE); }
std::string with_accents_apart(std::string_view text) { return mapped(text, UTF8PROC_DECOMPOSE); }

}  // namespace microgpt
