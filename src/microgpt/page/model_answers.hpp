// ModelAnswers: what a page asks about the model of its run, as it is now.
#pragma once

#include "microgpt/page/desk.hpp"

namespace microgpt {

/// names, read, next.
std::span<const Question> questions_about_models();

}  // namespace microgpt
