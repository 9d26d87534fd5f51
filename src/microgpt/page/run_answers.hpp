// RunAnswers: what a page asks about its run.
#pragma once

#include "microgpt/page/desk.hpp"

namespace microgpt {

/// begin, train, losses, names, compare, keep, open; and of the model as it is now: read, next.
std::span<const Question> questions_about_runs();

}  // namespace microgpt
