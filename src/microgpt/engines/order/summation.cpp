// Summation: a tree of neighbours, from its leaves up.
#include "microgpt/engines/order/summation.hpp"

#include <algorithm>

namespace microgpt {

/// Whether the tree adds these two: the left one is full and has an even place on its floor, and
/// the right one is as wide, or reaches the end.
static bool are_neighbours(const Bundles& left, const Bundles& right, std::size_t all) {
    const std::size_t width = left.last - left.first;
    return left.first % (2 * width) == 0 && right.last == std::min(right.first + width, all);
}

Summation summation(std::span<const Bundles> terms, std::size_t all) {
    Summation plan;
    std::vector<Bundles>& waiting = plan.left;
    for (Bundles sum : terms) {
        plan.most = std::max(plan.most, waiting.size() + 1);
        plan.merges.push_back(0);
        while (!waiting.empty() && are_neighbours(waiting.back(), sum, all)) {
            sum.first = waiting.back().first;
            waiting.pop_back();
            ++plan.merges.back();
        }
        waiting.push_back(sum);
    }
    return plan;
}

Summation summation(const Bundles& run, std::size_t all) {
    std::vector<Bundles> terms;
    for (std::size_t i = run.first; i < run.last; ++i) terms.push_back({i, i + 1});
    return summation(terms, all);
}

}  // namespace microgpt
