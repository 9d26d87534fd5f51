// Candidates: the tokens that may be drawn, where the tail of the unlikely is cut off.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "microgpt/autograd/place.hpp"

namespace microgpt {

/// The tokens that are left, in their order, given shares of whatever sum. First the `top_k` with
/// the largest are kept (0, or too many: all); then, of what these have together, the fewest that
/// reach a share of `top_p` (0 or 1: all of them). Among equals the first one is kept, and one
/// always is. The second is nucleus sampling (Holtzman et al. 2020). Throws
/// std::invalid_argument unless top_p is from 0 to 1.
std::vector<Index> candidates(std::span<const double> shares, std::size_t top_k, double top_p);

/// Throws std::invalid_argument unless it is from 0 to 1.
void require_top_p(double top_p);

}  // namespace microgpt
