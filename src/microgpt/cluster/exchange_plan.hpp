// The plan of an exchange: who reads what, and how long each message is.
#pragma once

#include "microgpt/cluster/ranks.hpp"
#include "microgpt/engines/order/summation.hpp"

namespace microgpt {

/// What a rank tells all others before its sums.
struct MessageHead {
    double input = 1, slope = 0;  // the largest, as FastBatch::Found
    bool scales = true, failed = false;
    int interrupted = 0;
    double losses[64] = {};  // a sum for each sum of gradients
};

/// How many vectors of so many bytes it takes.
constexpr std::size_t head_vectors(std::size_t bytes) {
    return (sizeof(MessageHead) + bytes - 1) / bytes;
}

/// For a batch of so many documents. Messages are counted in vectors.
struct ExchangePlan {
    std::size_t documents = 0;
    std::vector<Bundles> runs;        // that each rank reads
    std::vector<std::size_t> left;    // sums of gradients that each has then
    std::vector<std::size_t> merges;  // how these are added, rank by rank
    Ranks::Counts sent, received;     // to and from each rank
};

/// That of one of the ranks, whose shares of the weights are so many vectors, where messages have a
/// head of so many.
ExchangePlan exchange_plan(std::size_t documents, const Ranks::Counts& shares, std::size_t rank,
                           std::size_t head);

/// How many vectors those are in all.
std::size_t vectors(const Ranks::Counts& counts);

}  // namespace microgpt
