// What chapter 3 says of its network: how it fared, and what it knows.
#pragma once

#include "../pictures/bigram.hpp"
#include "numbers.hpp"

namespace microgpt::book {

/// The losses of runs, as the chapter trains and otherwise; and what follows.
void bigram_runs(Numbers& numbers, const pictures::Lesson& lesson);

/// What a trained network has learned of letters.
void bigram_learned(Numbers& numbers, const pictures::Lesson& lesson,
                    const pictures::Bigram& network);

/// How it does on names that it has never read.
void bigram_unread(Numbers& numbers, const pictures::Lesson& lesson,
                   const pictures::Bigram& network);

}  // namespace microgpt::book
