// Text, with the Unicode tables of utf8proc.
#include "microgpt/data/text.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdint>
#include <functional>

#include "microgpt/files/magic.hpp"

namespace microgpt {

namespace {

/// Such a byte is a code point by itself. Most are: the tables are asked about the others.
bool is_ascii(char byte) { return static_cast<unsigned char>(byte) < 128; }

/// The code point at the start of `text`, and its length in bytes: below 1 where there is none.
struct CodePoint {
    std::int32_t code;
    std::ptrdiff_t length;
};

CodePoint first_code_point(std::string_view text) {
    if (!text.empty() && is_ascii(text[0])) return {text[0], 1};
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    utf8proc_int32_t code = -1;
    const auto length = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size()), &code);
    return {code, length};
}

/// Whether `text` starts with what Python's str.strip() takes away.
bool starts_with_space(std::string_view text) {
    if (text[0] > ' ' && is_ascii(text[0])) return false;
    const utf8proc_property_t& property = *utf8proc_get_property(first_code_point(text).code);
    return property.category == UTF8PROC_CATEGORY_ZS ||
           property.bidi_class == UTF8PROC_BIDI_CLASS_WS ||
           property.bidi_class == UTF8PROC_BIDI_CLASS_B ||
           property.bidi_class == UTF8PROC_BIDI_CLASS_S;
}

/// Where the last code point of `text` starts: every other byte of it has the bits 10xxxxxx.
std::size_t last_code_point(std::string_view text) {
    std::size_t start = text.size() - 1;
    while ((text[start] & 0xC0) == 0x80) --start;
    return start;
}

std::string_view strip(std::string_view line) {
    while (!line.empty() && starts_with_space(line)) {
        line.remove_prefix(static_cast<std::size_t>(first_code_point(line).length));
    }
    while (!line.empty() && starts_with_space(line.substr(last_code_point(line)))) {
        line = line.substr(0, last_code_point(line));
    }
    return line;
}

/// What is left of the lines of a text once they are trimmed. `is_end` knows what ends them.
template <class IsEnd, class Trim>
std::vector<std::string_view> lines(std::string_view text, std::string_view name, IsEnd is_end,
                                    Trim trim) {
    require_utf8(text, name);
    std::vector<std::string_view> found;
    while (!text.empty()) {
        const auto end =
            static_cast<std::size_t>(std::ranges::find_if(text, is_end) - text.begin());
        const std::string_view line = trim(text.substr(0, end));
        if (!line.empty()) found.push_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (!found.empty()) return found;
    throw DataError(std::string(name) + " holds no document: give a file with one on each line");
}

/// Consonants that a sign for "no vowel" joins are one character since Unicode 15.1, and were two
/// before. What a model is made of must not depend on how old the library is: here they are two.
bool joins_consonants(std::int32_t previous, std::int32_t code) {
    return utf8proc_get_property(code)->boundclass == UTF8PROC_BOUNDCLASS_OTHER &&
           utf8proc_get_property(previous)->boundclass != UTF8PROC_BOUNDCLASS_PREPEND;
}

}  // namespace

/// Old encodings are many, and this one is likely.
static constexpr std::string_view convert = "convert it first, as with iconv -f CP1252 -t UTF-8";

void require_utf8(std::string_view text, std::string_view name) {
    std::size_t good = 0;
    for (std::ptrdiff_t length = 1; length > 0 && good < text.size();) {
        length = first_code_point(text.substr(good)).length;
        if (length > 0) good += static_cast<std::size_t>(length);
    }
    if (good == text.size()) return;
    const std::string_view before = text.substr(0, good);
    const auto line = 1 + std::ranges::count(before, '\n');
    const std::size_t byte = good - (before.rfind('\n') + 1);  // of the first line, npos + 1 is 0
    const std::string_view advice = advice_on(text);
    throw DataError(std::string(name) + ":" + std::to_string(line) + ": byte " +
                    std::to_string(byte + 1) +
                    " is not UTF-8: " + std::string(advice.empty() ? convert : advice));
}

std::vector<std::string_view> documents(std::string_view text, std::string_view name) {
    return lines(
        text, name, [](char byte) { return byte == '\n' || byte == '\r'; }, strip);
}

std::vector<std::string_view> unstripped_documents(std::string_view text, std::string_view name) {
    return lines(
        text, name, [](char byte) { return byte == '\n'; }, std::identity());
}

std::string_view code_point(std::string_view text) {
    const std::ptrdiff_t length = first_code_point(text).length;
    if (length < 1) throw DataError("text that is not UTF-8 has no characters: convert it first");
    return text.substr(0, static_cast<std::size_t>(length));
}

std::string_view grapheme(std::string_view text) {
    const bool is_plain = text.size() > 1 && is_ascii(text[0]) && is_ascii(text[1]);
    if (is_plain && text[0] != '\r') return text.substr(0, 1);
    utf8proc_int32_t state = 0;
    std::size_t end = code_point(text).size();
    std::int32_t previous = first_code_point(text).code;
    while (end < text.size()) {
        const auto [code, length] = first_code_point(text.substr(end));
        if (length < 1 || utf8proc_grapheme_break_stateful(previous, code, &state) != 0 ||
            joins_consonants(previous, code)) {
            break;
        }
        end += static_cast<std::size_t>(length);
        previous = code;
    }
    return text.substr(0, end);
}

}  // namespace microgpt
