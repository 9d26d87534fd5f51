// What the values of flags have to be.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>

namespace microgpt {

/// Whole numbers, from the smallest to the largest. CLI11 would let a minus sign or too many digits
/// wrap around, and read 010 as eight.
CLI::Validator whole(std::uint64_t least, std::uint64_t most);

/// Finite numbers of 0 or more; or, if zero does not make sense, above it. They are written with
/// digits, a point and an exponent, and in no other way: some versions of CLI11 read 0,8 as 8.
CLI::Validator number(bool zero_makes_sense);

/// One of these words.
CLI::Validator one_of(const std::vector<std::string>& words);

/// 64 hexadecimal digits, made small.
CLI::Validator digest();

/// Any name but an empty one, as an unset variable of the shell gives.
CLI::Validator file_name();

/// The same for a file that is read: - is the standard input.
CLI::Validator input_name();

}  // namespace microgpt
