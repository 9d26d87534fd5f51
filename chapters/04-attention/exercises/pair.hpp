// Two heads: what one head does, done twice on halves.
#pragma once

#include "microgpt/model/attention.hpp"

namespace microgpt {

/// The second half of some numbers, or with `half` 0 the first.
inline Vector half_of(Vector x, Index half) { return x.slice(half * x.size() / 2, x.size() / 2); }

/// The same of each.
inline std::vector<Vector> halves_of(const std::vector<Vector>& all, Index half) {
    std::vector<Vector> halves;
    for (const Vector& x : all) halves.push_back(half_of(x, half));
    return halves;
}

/// What two heads hear: one asks with the first half of `query` and hears the first halves of
/// `values`, the other asks with the second half. All are of one even length, and so is the result.
inline Vector two_heads(Vector query, const std::vector<Vector>& keys,
                        const std::vector<Vector>& values) {
    std::vector<Vector> heard;
    for (Index half = 0; half < 2; ++half) {
        const Vector shares = attention_weights(half_of(query, half), halves_of(keys, half));
        heard.push_back(mix(shares, halves_of(values, half)));
    }
    return concatenate(heard);
}

}  // namespace microgpt
