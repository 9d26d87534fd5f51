// Check: each head keeps its own part of keys and values.
#include "exercise.hpp"
#include "microgpt/model/attention.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

namespace {

void check_cache() {
    KvCache cache(2);
    cache.append(vector_of({1, 2, 3, 4}), vector_of({5, 6, 7, 8}));
    cache.append(vector_of({10, 20, 30, 40}), vector_of({50, 60, 70, 80}));
    for (Index head = 0; head < 2; ++head) {
        for (Index t = 0; t < 2; ++t) {
            const double size = t == 0 ? 1 : 10;
            const std::string where =
                " of head " + std::to_string(head) + " at position " + std::to_string(t);
            expect("a head does not find what was put into the cache for it",
                   {{"the first number of the key" + where, cache.keys(head)[t][0].data(),
                     size * (1 + 2 * head)},
                    {"the first number of the value" + where, cache.values(head)[t][0].data(),
                     size * (5 + 2 * head)},
                    {"the second number of the value" + where, cache.values(head)[t][1].data(),
                     size * (6 + 2 * head)}});
        }
    }
}

}  // namespace

int main() {
    return check([] {
        Tape tape;
        Index drawn = 0;
        const Attention attention(4, 2, [&] { return (++drawn * 7 % 11 - 5.0) / 5; });
        const Vector x = vector_of({1, -2, 0.5, 3});
        KvCache one(2);
        const Vector heard = attention(x, one);
        const Vector by_hand = linear(linear(x, attention.wv), attention.wo);
        expect(
            "a position that has only itself to look at should hear its own value, all four "
            "numbers of it",
            {{"the first number that it hears", heard[0].data(), by_hand[0].data()},
             {"the last", heard[3].data(), by_hand[3].data()}});
        check_cache();
        std::printf("alone, a position hears its own value: %.4f %.4f %.4f %.4f\n", heard[0].data(),
                    heard[1].data(), heard[2].data(), heard[3].data());
    });
}
