// Summation: the order in which a step sums over its documents, whoever computes it.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace microgpt {

// A sum of floating-point numbers depends on the order of its terms. So that no bit depends on how
// many threads or machines share a step, its losses and gradients have one order:
//
// 1. Documents are taken in bundles of 16, as they come; the last may have fewer.
// 2. In a bundle the documents stand as balance() has them, and their positions follow each other.
//    They are added one by one, the first to 0.
// 3. Bundles are added by a tree of neighbours: 0 + 1, 2 + 3, 4 + 5, …; then (0 + 1) + (2 + 3), …;
//    and so on. What has no neighbour on its floor goes up as it is.
//
// So a batch of 16 documents or fewer is added one by one. Whoever reads some bundles that lie side
// by side adds them as far as the tree allows, and what is left is all that others need of them.

/// Documents in a bundle.
inline constexpr std::size_t bundle_size = 16;

/// How many bundles so many documents make.
constexpr std::size_t bundles_of(std::size_t documents) {
    return (documents + bundle_size - 1) / bundle_size;
}

/// Bundles first … last - 1 of a batch; or their sum.
struct Bundles {
    std::size_t first = 0, last = 0;
};

/// Where the rows of a bundle end, a row for each position of its documents, one bundle's after the
/// other's; and how many sums that wait are added to its own.
struct BundleRows {
    std::size_t end, merges;
};

/// How neighbours are added: as each term comes, so many sums that wait are added to it, the last
/// first, and the result waits. At the end those that are `left` do.
struct Summation {
    std::vector<std::size_t> merges;  // one a term
    std::vector<Bundles> left;
    std::size_t most = 0;  // that there are at a time: those that wait, and the one that comes
};

/// A term comes: so many of the sums that wait are added to it, and then it waits.
inline void add_next(std::vector<double>& waiting, double term, std::size_t merges) {
    for (; merges > 0; --merges) {
        term = waiting.back() + term;
        waiting.pop_back();
    }
    waiting.push_back(term);
}

/// How terms that lie side by side are added, among so many bundles in all. Each term is a bundle,
/// or what such a summation has left.
Summation summation(std::span<const Bundles> terms, std::size_t all);
/// The same for the bundles of a run, one by one.
Summation summation(const Bundles& run, std::size_t all);

}  // namespace microgpt
