// What the values of flags have to be.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace microgpt {

/// What a flag's value has to be. (CLI11 has a type for that, and takes seconds to compile.)
struct Validator {
    /// Returns what is wrong with the text, or nothing; it may put it in another form.
    std::function<std::string(std::string& text)> wrong_with;
    /// The words to choose from, for --help.
    std::string words = "";
};

/// Whole numbers, from the smallest to the largest. CLI11 would let a minus sign or too many digits
/// wrap around, and read 010 as eight.
Validator whole(std::uint64_t least, std::uint64_t most);

/// Finite numbers of 0 or more; or, if zero does not make sense, above it. They are written with
/// digits, a point and an exponent, and in no other way: some versions of CLI11 read 0,8 as 8.
Validator number(bool zero_makes_sense);

/// One of these words.
Validator one_of(const std::vector<std::string>& words);

/// 64 hexadecimal digits, made small.
Validator digest();

/// Any name but an empty one, as an unset variable of the shell gives.
Validator file_name();

/// The same for a file that is read: - is the standard input.
Validator input_name();

}  // namespace microgpt
