// Preference: a model learns from pairs which of two names is liked better.
#pragma once

#include <vector>

#include "microgpt/model/gpt.hpp"

namespace microgpt {

/// Two names as tokens, BOS at both ends, of which the first is preferred.
struct Pair {
    std::vector<Index> preferred;
    std::vector<Index> other;
};

/// The logarithms of the shares that a model gives the names of a pair.
struct Shares {
    double preferred;
    double other;
};

/// log p of a whole name: of each of its letters, given those before it, and of its end.
Value log_share(const Gpt& gpt, const std::vector<Index>& name);

/// How a model sees each pair; the Tape is left as it was.
std::vector<Shares> shares(const Gpt& gpt, const std::vector<Pair>& pairs);

/// -log sigmoid(beta · (what the preferred name has gained - what the other has)), where a gain is
/// log p minus what it was to the `reference` model (Rafailov et al. 2023).
Value preference_loss(Value preferred, Value other, const Shares& reference, double beta);

/// How to learn from pairs.
struct PreferenceOptions {
    double beta = 0.1;
    Index steps = 100;
    Index batch = 8;
    double learning_rate = 0.003;
};

/// Steps of Adam down the mean loss of the next pairs, the reference being the model as it is.
void prefer(const Gpt& gpt, const std::vector<Pair>& pairs, const PreferenceOptions& options);

}  // namespace microgpt
