// The fast engine's reader: a token of each document at a time.
#pragma once

#include "microgpt/engines/engine.hpp"
#include "microgpt/engines/fast/fast_weights.hpp"

namespace microgpt {

/// Begins to read so many documents. The weights must outlive it.
template <class T>
std::unique_ptr<Reader> make_fast_reader(const FastWeights<T>& weights, std::size_t documents);

}  // namespace microgpt
