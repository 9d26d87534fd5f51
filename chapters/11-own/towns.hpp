// Towns: a raw file of names, and what is done to it before a model may read it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace microgpt {

using Names = std::vector<std::string>;

/// A column of a CSV file, whose first row names the columns; lines that begin with # are remarks.
/// Throws DataError if there is no such column, or a row is too short.
Names column(std::string_view csv, std::string_view name);

// ---- What is done to a name

/// UTF-8 that somebody took for Latin-1 and wrote as UTF-8 again, set right: "ZÃ¼rich" is "Zürich".
/// Whatever was not treated like that stays as it is.
std::string decoded_again(const std::string& name);

/// Without what is added in brackets, or behind a slash or a comma.
std::string without_addition(const std::string& name);

/// In small letters, those of Latin-1 included.
std::string in_small_letters(const std::string& name);

// ---- What is done to all of them

/// Each once, sorted.
Names each_once(Names names);

/// Those of which every letter comes in so many of them, at the least.
Names of_common_letters(const Names& names, std::size_t least);

/// Those of so many letters, at the most.
Names of_length(const Names& names, std::size_t most);

/// How many letters a name has.
std::size_t length(std::string_view name);

}  // namespace microgpt
