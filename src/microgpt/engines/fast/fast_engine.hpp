// The fast engine: the same model on whole vectors of numbers, all positions at once.
#pragma once

#include "microgpt/engines/engine.hpp"

namespace microgpt {

/// Engines that compute in T, float or double, with so many threads; their number changes no
/// digit. They keep the weights twice and Adam's two means, a FastTrace for the positions of a
/// step, and one gradient, that of the embeddings.
template <class T>
EngineKind fast_kind(std::size_t threads = 1);

}  // namespace microgpt
