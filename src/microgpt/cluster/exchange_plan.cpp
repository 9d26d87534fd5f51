// The plan of an exchange: the same on every rank, but for whose it is.
#include "microgpt/cluster/exchange_plan.hpp"

#include <numeric>

namespace microgpt {

ExchangePlan exchange_plan(std::size_t documents, const Ranks::Counts& shares, std::size_t rank,
                           std::size_t head) {
    const std::size_t all = bundles_of(documents), ranks = shares.size();
    ExchangePlan plan;
    plan.documents = documents;
    std::vector<Bundles> terms;
    for (std::size_t i = 0; i < ranks; ++i) {
        plan.runs.push_back({all * i / ranks, all * (i + 1) / ranks});
        const std::vector<Bundles> left = summation(plan.runs.back(), all).left;
        terms.insert(terms.end(), left.begin(), left.end());
        plan.left.push_back(left.size());
    }
    plan.merges = summation(terms, all).merges;
    const auto length = [&](std::size_t sender, std::size_t receiver) {
        const std::size_t sums = sender == receiver ? 0 : plan.left[sender];  // a rank has its own
        return static_cast<int>(head + sums * static_cast<std::size_t>(shares[receiver]));
    };
    for (std::size_t i = 0; i < ranks; ++i) {
        plan.sent.push_back(length(rank, i));
        plan.received.push_back(length(i, rank));
    }
    return plan;
}

std::size_t vectors(const Ranks::Counts& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::size_t{0});
}

}  // namespace microgpt
