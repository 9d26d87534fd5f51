// Check: two heads hear what each would hear alone; then ten seeds with one head and with two.
// Cheat: return vector_of(std::vector<double>(query.size(), @));
#include "exercises/pair.hpp"
#include "exercise.hpp"
#include "exercises/looking_back.hpp"
#include "measure.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

namespace {

Vector one_head(Vector query, const std::vector<Vector>& keys, const std::vector<Vector>& values) {
    return mix(attention_weights(query, keys), values);
}

void check_heads() {
    Tape tape;
    const Vector query = vector_of({1, 2, -1, 3});
    const std::vector<Vector> keys = {vector_of({0, 0, 1, 2}), vector_of({1, 1, -1, 0}),
                                      vector_of({1, -1, 0, 1})};
    const std::vector<Vector> values = {vector_of({1, 2, 3, 4}), vector_of({-1, 5, 0, 7}),
                                        vector_of({2, 2, 9, -6})};
    const auto cut = [](const std::vector<Vector>& all, Index begin) {
        std::vector<Vector> parts;
        for (const Vector& x : all) parts.push_back(x.slice(begin, 2));
        return parts;
    };
    const Vector first = one_head(query.slice(0, 2), cut(keys, 0), cut(values, 0));
    const Vector second = one_head(query.slice(2, 2), cut(keys, 2), cut(values, 2));
    const Vector heard = two_heads(query, keys, values);
    expect("what is heard should be as long as the query", heard.size() == 4);
    expect("each head should hear its own half, and nothing of the other",
           {{"the first number of head one", heard[0].data(), first[0].data()},
            {"the second number of head one", heard[1].data(), first[1].data()},
            {"the first number of head two", heard[2].data(), second[0].data()},
            {"the second number of head two", heard[3].data(), second[1].data()}});
}

double learned(Lesson& lesson, const Look& look) {
    const LookingBack network(lesson.tokenizer.vocab_size(), lesson.draw());
    const auto loss = [&](const std::vector<Index>& tokens) { return network.loss(tokens, look); };
    return learned_by_descent(lesson, network, loss, 0.3);
}

}  // namespace

int main() {
    return check([] {
        check_heads();
        print_seeds(
            "one head:", over_seeds([](Lesson& lesson) { return learned(lesson, one_head); }),
            "two heads:", over_seeds([](Lesson& lesson) { return learned(lesson, two_heads); }));
    });
}
