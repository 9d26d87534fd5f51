// Label smoothing: a loss that wants no letter to be certain.
#pragma once

#include "microgpt/model/layers.hpp"

namespace microgpt {

/// As cross_entropy(), but of a target that is only mostly right: a share of 1 - smoothing goes to
/// the surprise at `target`, and `smoothing` to the mean surprise at all of them, the target among
/// them.
inline Value smoothed_cross_entropy(Vector logits, Index target, double smoothing) {
    const Vector shares = softmax(logits);
    Value all = -log(shares[0]);
    for (Index i = 1; i < shares.size(); ++i) all = all - log(shares[i]);
    return (1 - smoothing) * -log(shares[target]) + smoothing / shares.size() * all;
}

}  // namespace microgpt
