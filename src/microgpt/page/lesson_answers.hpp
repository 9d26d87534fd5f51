// LessonAnswers: what a page asks about the small examples.
#pragma once

#include "microgpt/page/desk.hpp"

namespace microgpt {

/// walk (chapter 1), score (2), valley and bigrams (3), optimize and race (6).
std::span<const Question> questions_about_lessons();

}  // namespace microgpt
