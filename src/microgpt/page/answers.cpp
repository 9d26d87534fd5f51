// Answers: the question is looked up, and what goes wrong is said.
#include "microgpt/page/answers.hpp"

#include <new>
#include <stdexcept>

#include "microgpt/page/lesson_answers.hpp"
#include "microgpt/page/run_answers.hpp"

namespace microgpt {

std::string Answers::answer(std::string_view text) {
    std::string refused = "there is no such question";
    try {
        const nlohmann::json asked = nlohmann::json::parse(text);
        const Desk desk = {asked, session_, bytes};
        for (const auto& questions : {questions_about_runs(), questions_about_lessons()}) {
            for (const auto& [name, answer] : questions) {
                if (desk.text("ask") == name) return json_object(answer(desk));
            }
        }
    } catch (const std::bad_alloc&) {
        refused = "there is not enough memory for that here";
    } catch (const std::exception& error) {
        refused = error.what();
    }
    return json_object({{"refused", json_text(refused)}});
}

}  // namespace microgpt
