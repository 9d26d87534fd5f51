// RunAnswers: what a page asks about its run.
#pragma once

#include "microgpt/page/desk.hpp"

namespace microgpt {

/// begin, train, losses, compare, keep, open.
std::span<const Question> questions_about_runs();

}  // namespace microgpt
