// Numbers and names as text: short, and the same on every machine.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace microgpt::plot {

/// A number with `decimals` decimals at the most: 3, 2.5, -0.07.
std::string number(double value, int decimals = 2);

/// A number with exactly `decimals` decimals: 3.00, 2.50, -0.07.
std::string fixed_number(double value, int decimals);

/// A number as a reader wants to see it: 24.7041, or 1.235e-07 where four decimals hide it.
std::string short_number(double value);

/// A share of one: 0.25 is 25%.
std::string percent(double share);

/// How many characters (code points) a UTF-8 text has.
std::size_t length(std::string_view text);

/// `text` with spaces before it, up to `width` characters.
std::string align_right(std::string_view text, std::size_t width);

/// `text` with spaces after it, up to `width` characters.
std::string align_left(std::string_view text, std::size_t width);

/// `text` copied `count` times.
std::string repeat(std::string_view text, std::size_t count);

}  // namespace microgpt::plot
