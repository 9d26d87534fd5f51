// Top: the likeliest tokens, and no others.
#pragma once

#include <algorithm>
#include <functional>
#include <span>
#include <vector>

namespace microgpt {

/// The shares of the k likeliest tokens, as they are, and 0 for the others; of equal ones those
/// that come first. k is 1 at the least.
inline std::vector<double> top_k(std::span<const double> shares, std::size_t k) {
    std::vector<std::size_t> order(shares.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, std::greater(), [&](std::size_t i) { return shares[i]; });
    std::vector<double> kept(shares.size());
    for (std::size_t i = 0; i < std::min(k, order.size()); ++i) kept[order[i]] = shares[order[i]];
    return kept;
}

}  // namespace microgpt
