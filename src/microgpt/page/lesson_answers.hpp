// LessonAnswers: what a page asks about the small examples.
#pragma once

#include "microgpt/page/desk.hpp"

namespace microgpt {

/// walk (chapter 1), score (2), valley (3), optimize (6).
std::span<const Question> questions_about_lessons();

}  // namespace microgpt
