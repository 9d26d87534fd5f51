// Candidates: from the likeliest downwards, until there are enough.
#include "microgpt/engines/candidates.hpp"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <numeric>
#include <stdexcept>

namespace microgpt {

std::vector<Index> candidates(std::span<const double> shares, std::size_t top_k, double top_p) {
    require_top_p(top_p);
    std::vector<Index> tokens(shares.size());
    std::iota(tokens.begin(), tokens.end(), Index{0});
    const auto share = [&](Index token) { return shares[token]; };
    std::ranges::stable_sort(tokens, std::greater<>(), share);
    if (top_k != 0) tokens.resize(std::min(top_k, tokens.size()));
    if (top_p != 0 && top_p != 1) {
        double whole = 0;
        for (const Index token : tokens) whole += share(token);
        std::size_t kept = 0;
        double reached = 0;
        while (kept < tokens.size() && (kept == 0 || reached < top_p * whole)) {
            reached += share(tokens[kept++]);
        }
        tokens.resize(kept);
    }
    std::ranges::sort(tokens);
    return tokens;
}

void require_top_p(double top_p) {
    if (top_p >= 0 && top_p <= 1) return;
    char why[80];
    std::snprintf(why, sizeof why, "a top-p of %.15g: choose a share from 0 to 1, as 0.9 is",
                  top_p);
    throw std::invalid_argument(why);
}

}  // namespace microgpt
