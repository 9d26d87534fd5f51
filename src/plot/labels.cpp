// Numbers and names as text: streams that take no notice of where in the world they run.
#include "plot/labels.hpp"

#include <algorithm>
#include <cmath>
#include <locale>
#include <sstream>

namespace microgpt::plot {

namespace {

std::string print(double value, int precision, std::ios::fmtflags format) {
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out.setf(format, std::ios::floatfield);
    out.precision(precision);
    out << value;
    return out.str();
}

std::string spaces(std::string_view text, std::size_t width) {
    return std::string(width - std::min(width, length(text)), ' ');
}

}  // namespace

std::string fixed_number(double value, int decimals) {
    const std::string text = print(value, decimals, std::ios::fixed);
    const bool zero = text.find_first_of("123456789") == std::string::npos;
    return zero && text.front() == '-' ? text.substr(1) : text;  // not "-0"
}

std::string number(double value, int decimals) {
    std::string text = fixed_number(value, decimals);
    if (text.find('.') == std::string::npos) return text;
    const std::size_t last = text.find_last_not_of('0');
    return text.substr(0, text[last] == '.' ? last : last + 1);
}

std::string short_number(double value) {
    if (std::isnan(value)) return "NaN";
    const double size = std::fabs(value);
    const bool plain = size == 0 || (size >= 1e-4 && size < 1e6);
    return plain ? number(value, 4) : print(value, 4, std::ios::fmtflags());
}

std::string percent(double share) { return number(share * 100, 0) + "%"; }

std::size_t length(std::string_view text) {
    // Every byte of a character but the first has the bits 10xxxxxx.
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char byte) { return (byte & 0xC0) != 0x80; }));
}

std::string align_right(std::string_view text, std::size_t width) {
    return spaces(text, width) + std::string(text);
}

std::string align_left(std::string_view text, std::size_t width) {
    return std::string(text) + spaces(text, width);
}

std::string repeat(std::string_view text, std::size_t count) {
    std::string copies;
    for (std::size_t i = 0; i < count; ++i) copies += text;
    return copies;
}

}  // namespace microgpt::plot
