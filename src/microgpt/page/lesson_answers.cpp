// LessonAnswers: from JSON to the examples' own numbers, and back.
#include "microgpt/page/lesson_answers.hpp"

#include "microgpt/page/lessons.hpp"
#include "microgpt/page/walk_back.hpp"

namespace microgpt {

namespace {

/// c = a·b + a, and the way back, with a "mistake" or without.
Said walk(const Desk& desk) {
    const Tape::Scope scope;
    const Value a(desk.number("a", 2));
    const Value b(desk.number("b", -3));
    const auto [records, gradients] = walk_back(a, a * b + a, desk.text("mistake"));
    const auto as_json = [](const WalkRecord& record) {
        return json_object({{"data", json_text(record.data)},
                            {"operands", json_text(record.operands)},
                            {"slopes", array(record.slopes)}});
    };
    return {{"records", array(records, as_json)}, {"gradients", json_text(gradients)}};
}

/// What softmax makes of the "scores", once number "came" has come.
Said score(const Desk& desk) {
    const auto [shares, surprise, slopes] = scored(desk.numbers("scores"), desk.count("came", 0));
    return {
        {"shares", array(shares)}, {"surprise", json_text(surprise)}, {"slopes", array(slopes)}};
}

/// Descent at a "rate", so many "steps"; and the loss where the end has each of the scores "at".
Said valley(const Desk& desk) {
    const auto as_json = [](const InValley& place) {
        return json_object({{"scores", array(place.scores)},
                            {"shares", array(place.shares)},
                            {"loss", json_text(place.loss)}});
    };
    const auto loss_at = [](double end) { return json_text(valley_at(end).loss); };
    return {{"walk", array(valley_walk(desk.number("rate", 1), desk.count("steps", 20)), as_json)},
            {"losses", array(desk.numbers("at"), loss_at)}};
}

/// So many "steps" of plain descent, and of Adam, each with the numbers that the reader chose.
Said optimize(const Desk& desk) {
    const Index steps = desk.count("steps", 40);
    const Adam::Config config = {.learning_rate = desk.number("adam_rate", 0.5),
                                 .beta1 = desk.number("beta1", 0.85),
                                 .beta2 = desk.number("beta2", 0.99),
                                 .epsilon = desk.number("epsilon", 1e-8)};
    const auto as_json = [](const InLongValley& place) {
        return json_text(std::vector{place.x, place.y, place.height});
    };
    return {
        {"descent", array(long_valley_walk(nullptr, desk.number("rate", 0.036), steps), as_json)},
        {"adam", array(long_valley_walk(&config, 0, steps), as_json)}};
}

constexpr Question questions[] = {
    {"walk", walk}, {"score", score}, {"valley", valley}, {"optimize", optimize}};

}  // namespace

std::span<const Question> questions_about_lessons() { return questions; }

}  // namespace microgpt
