// Balance: halves, and halves of halves.
#include "microgpt/engines/order/balance.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace microgpt {

namespace {

/// The longest that is left goes to the half that is shorter so far.
void split(std::span<const std::size_t> lengths, std::span<std::size_t> order) {
    if (order.size() < 3) return;
    const auto length = [&](std::size_t i) { return lengths[i]; };
    std::ranges::stable_sort(order, std::greater(), length);
    std::vector<std::size_t> halves[2];
    std::size_t sums[2] = {};
    for (const std::size_t i : order) {
        const std::size_t shorter = sums[1] < sums[0] ? 1 : 0;
        halves[shorter].push_back(i);
        sums[shorter] += lengths[i];
    }
    std::ranges::copy(halves[0], order.begin());
    std::ranges::copy(halves[1], order.begin() + static_cast<std::ptrdiff_t>(halves[0].size()));
    split(lengths, order.first(halves[0].size()));
    split(lengths, order.subspan(halves[0].size()));
}

}  // namespace

void balance(std::span<const std::size_t> lengths, std::vector<std::size_t>& order) {
    order.resize(lengths.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    split(lengths, order);
}

}  // namespace microgpt
