// Balance: an order in which work can be shared evenly, by however many.
#pragma once

#include <cstddef>
#include <vector>

namespace microgpt {

/// The indices of `lengths`, in an order in which the first half of the sum is about as long as the
/// second, and so on within each half. So whoever shares the work cuts it at the middle, or at each
/// quarter, and the order does not depend on how many they are.
std::vector<std::size_t> balanced_order(const std::vector<std::size_t>& lengths);

}  // namespace microgpt
