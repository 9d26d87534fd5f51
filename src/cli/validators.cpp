// Validators: each returns what is wrong, or nothing.
#include "validators.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include "microgpt/files/sha256.hpp"

namespace microgpt {

namespace {

/// The number that is all of the text; or no number. strtod() also takes blanks, a plus, words and
/// hexadecimal digits; from_chars() does not, but not every system has it for a double.
double plain_number(const std::string& text) {
    const bool plain = text.find_first_not_of("0123456789.eE+-") == std::string::npos;
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    return plain && !text.empty() && text.front() != '+' && *end == '\0' ? value : NAN;
}

/// CLI11 takes the next word where --save= has nothing behind it.
std::string wrong_with_name(const std::string& text) {
    if (text.empty()) return "the name of a file is empty";
    if (!text.starts_with("--")) return "";
    return "its value is missing before " + text + " (a file of that name is ./" + text + ")";
}

}  // namespace

Validator whole(std::uint64_t least, std::uint64_t most) {
    const std::string range = std::to_string(least) + " to " + std::to_string(most);
    const auto check = [=](std::string& text) {
        std::uint64_t number = 0;
        const char* end = text.data() + text.size();
        const auto [stopped, error] = std::from_chars(text.data(), end, number);
        const bool fits =
            error == std::errc() && stopped == end && least <= number && number <= most;
        if (!fits) return "'" + text + "' is not a whole number from " + range;
        text = std::to_string(number);
        return std::string();
    };
    return {check};
}

Validator number(bool zero_makes_sense) {
    const auto check = [=](std::string& text) {
        const double value = plain_number(text);
        const bool fits = std::isfinite(value) && (zero_makes_sense ? value >= 0 : value > 0);
        const char* range = zero_makes_sense ? "of 0 or more" : "above 0";
        if (!fits) return "'" + text + "' is not a finite number " + range + ", as 0.5 is";
        char digits[32];  // enough for CLI11 to read the same again
        std::snprintf(digits, sizeof digits, "%.17g", value);
        text = digits;
        return std::string();
    };
    return {check};
}

Validator one_of(const std::vector<std::string>& words) {
    std::string list;
    for (const std::string& word : words) list += (list.empty() ? "" : ", ") + word;
    const auto check = [=](const std::string& text) {
        const bool fits = std::ranges::find(words, text) != words.end();
        return fits ? "" : "there is no '" + text + "': choose one of " + list;
    };
    return {check, "{" + list + "}"};
}

Validator digest() {
    const auto check = [](std::string& text) {
        try {
            text = sha256_from(text);
        } catch (const std::invalid_argument& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    return {check};
}

Validator file_name() { return {wrong_with_name}; }

Validator input_name() {
    const auto check = [](std::string& text) {
        if (text == "-") text = "/dev/stdin";
        return wrong_with_name(text);
    };
    return {check};
}

}  // namespace microgpt
