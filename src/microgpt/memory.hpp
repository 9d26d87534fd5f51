// Memory: what a model needs and what there is, so that a run that cannot end well does not begin.
#pragma once

#include "microgpt/gpt.hpp"

namespace microgpt {

/// How many numbers reading `positions` tokens and the loss record on the Tape, at the most.
double numbers_of_a_step(const GptConfig& config, Index positions);

/// How many bytes training on documents of so many tokens takes: the Tape, gradients and Adam.
double bytes_needed(const GptConfig& config, Index positions);

/// How many bytes this process may have: the machine's, or fewer if its limits say so.
double bytes_available();

/// Throws std::invalid_argument, with both figures, if the first is more than the second.
void require_memory(const GptConfig& config, Index positions);

}  // namespace microgpt
