// FLOPs: how many additions and multiplications a step takes, and how many a core can do.
#pragma once

#include "microgpt/model/gpt.hpp"

namespace microgpt {

/// What reading so many positions takes, there and back: for each number of a matrix a
/// multiplication and an addition forward, two of each on the way back; and attention. What is done
/// once a number of the activations (rmsnorm, softmax, ReLU) is not counted.
double flops_of_document(const GptConfig& config, std::size_t positions);

/// What Adam takes: 14 for each parameter.
double flops_of_adam(const GptConfig& config);

/// The most that this core does in a second, in float or double: measured, as the best of some
/// short runs of multiply-adds that do not wait for each other.
template <class T>
double peak_flops();

}  // namespace microgpt
