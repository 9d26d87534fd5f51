// What chapter 6 says of whole trainings: their gradients, rates and losses.
#pragma once

#include "numbers.hpp"

namespace microgpt::book {

void adam_runs(Numbers& numbers);

/// What the trained model makes of spellings that it has never read.
void spellings(Numbers& numbers);

}  // namespace microgpt::book
