// Validators, as CLI11 wants them: each returns what is wrong, or nothing.
#include "validators.hpp"

#include <charconv>
#include <cmath>

namespace microgpt {

CLI::Validator whole(std::uint64_t least, std::uint64_t most) {
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
    return CLI::Validator(check, "");
}

CLI::Validator number(bool zero_makes_sense) {
    const auto check = [=](const std::string& text) {
        double value = 0;
        const bool is_number = CLI::detail::lexical_cast(text, value) && std::isfinite(value);
        const bool fits = is_number && (value > 0 || (zero_makes_sense && value == 0));
        const char* range = zero_makes_sense ? "of 0 or more" : "above 0";
        return fits ? "" : "'" + text + "' is not a finite number " + range;
    };
    return CLI::Validator(check, "");
}

CLI::Validator digest() {
    const auto check = [](std::string& text) {
        const bool fits = text.size() == 64 &&
                          text.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
        text = CLI::detail::to_lower(text);
        return fits ? "" : "'" + text + "' is not 64 hexadecimal digits";
    };
    return CLI::Validator(check, "");
}

CLI::Validator file_name() {
    const auto check = [](const std::string& text) {
        return text.empty() ? "the name of a file is empty" : "";
    };
    return CLI::Validator(check, "");
}

}  // namespace microgpt
