// Check: each half of a block adds to x what it found.
// Cheat: return x * Value(@);
#include "exercise.hpp"
#include "microgpt/model/gpt.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

namespace {

constexpr GptConfig config = {.vocab_size = 3, .n_embd = 4, .n_head = 2, .block_size = 4};

}  // namespace

int main() {
    return check([] {
        Tape tape;
        const Vector x = vector_of({1, -2, 0.5, 3});
        const Block silent(config, [] { return 0.0; });
        KvCache nothing(config.n_head);
        const Vector through = silent(x, nothing);
        expect("a block that finds nothing should return x as it came",
               {{"its first number", through[0].data(), 1}, {"its last", through[3].data(), 3}});

        Index drawn = 0;
        const Block block(config, [&] { return (++drawn * 7 % 11 - 5.0) / 5; });
        KvCache cache(config.n_head);
        const Vector heard = block.attention(rmsnorm(x), cache);
        const Vector middle = x + heard;
        const Vector thought = block.mlp(rmsnorm(middle));
        const Vector expected = middle + thought;
        KvCache again(config.n_head);
        const Vector y = block(x, again);
        std::vector<Number> answers;
        for (Index i = 0; i < y.size(); ++i) {
            answers.push_back({"number " + std::to_string(i) + " of the result", y[i].data(),
                               expected[i].data()});
        }
        expect("the result is not x, plus what was heard, plus what was thought of both", answers);
        expect("attention should have read one position", again.size() == 1);
        std::printf("x %g, heard %.4f, thought %.4f: together %.4f\n", x[0].data(), heard[0].data(),
                    thought[0].data(), y[0].data());
    });
}
