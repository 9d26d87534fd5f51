// Answers: what a page asks, in JSON, and what it is told.
#pragma once

#include <string>
#include <string_view>

#include "microgpt/page/session.hpp"

namespace microgpt {

/// Answers questions such as {"ask": "train", "steps": 10}. What cannot be answered is refused in a
/// line of the library's own: {"refused": "…"}.
class Answers {
  public:
    /// JSON in, JSON out.
    std::string answer(std::string_view text);
    /// What goes with a question, and what comes with an answer: the bytes of a text or of a file.
    std::string bytes;

  private:
    Session session_;
};

}  // namespace microgpt
