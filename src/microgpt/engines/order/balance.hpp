// Balance: an order in which work can be shared evenly, by however many.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace microgpt {

/// Writes the indices of `lengths` into `order`, so that the first half of the sum is about as long
/// as the second, and so on within each half. So whoever shares the work cuts it at the middle, or
/// at each quarter, and the order does not depend on how many they are.
void balance(std::span<const std::size_t> lengths, std::vector<std::size_t>& order);

}  // namespace microgpt
