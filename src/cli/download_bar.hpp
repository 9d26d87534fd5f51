// Download bar: how much of names.txt has come, on one line of standard error.
#pragma once

#include <cstdint>

namespace microgpt {

/// Shows on standard error how many of `total` bytes have come, if that is a terminal and the total
/// is known, and leaves the line empty when all have.
void show_download(std::uint64_t come, std::uint64_t total);

/// Leaves the line of standard error empty, if that is a terminal.
void clear_download();

}  // namespace microgpt
