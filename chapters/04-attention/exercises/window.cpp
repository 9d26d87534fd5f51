// Check: what is outside of the window is not heard; then ten seeds for each of four windows.
// Cheat: return vector_of(std::vector<double>(query.size(), @));
#include "exercises/window.hpp"

#include "exercise.hpp"
#include "exercises/looking_back.hpp"
#include "measure.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

namespace {

void check_window() {
    Tape tape;
    const Vector query = vector_of({1, 1});
    std::vector<Vector> keys;
    std::vector<Vector> values;
    for (const double told : {1.0, 2.0, 4.0, 8.0}) {
        keys.push_back(vector_of({0, 0}));  // all in one share
        values.push_back(vector_of({told, -told}));
    }
    const auto heard = [&](Index window) {
        return look_through(window, query, keys, values)[0].data();
    };
    expect("of positions that tell 1, 2, 4 and 8, all heard alike, a window should hear the last",
           {{"the mean that a window of 2 hears", heard(2), 6},
            {"a window of 1", heard(1), 8},
            {"a window of 3", heard(3), 14.0 / 3}});
    expect(
        "a window that is wider than the text should hear all of it",
        {{"the mean that a window of 9 hears", heard(9), 3.75}, {"a window of 4", heard(4), 3.75}});
    keys.back() = vector_of({-2, -2});
    keys[2] = vector_of({3, 3});
    const auto all = mix(attention_weights(query, {keys[2], keys[3]}), {values[2], values[3]});
    expect("the shares should be those of the positions in the window",
           {{"what is heard of two with unlike keys", heard(2), all[0].data()}});
}

double learned(Lesson& lesson, Index window) {
    const LookingBack network(lesson.tokenizer.vocab_size(), lesson.draw());
    const auto loss = [&](const std::vector<Index>& tokens) {
        return network.loss(tokens, [&](Vector query, const auto& keys, const auto& values) {
            return look_through(window, query, keys, values);
        });
    };
    return learned_by_descent(lesson, network, loss, 0.3);
}

}  // namespace

int main() {
    return check([] {
        check_window();
        const std::vector<double> all =
            over_seeds([](Lesson& lesson) { return learned(lesson, 16); });
        for (const Index window : {1U, 2U, 4U}) {
            const auto windowed =
                over_seeds([&](Lesson& lesson) { return learned(lesson, window); });
            print_seeds("all positions:", all,
                        ("a window of " + std::to_string(window) + ":").c_str(), windowed);
        }
    });
}
