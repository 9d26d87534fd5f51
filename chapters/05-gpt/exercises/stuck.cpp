// Check: each token and each position has its own row, and no other has a part in the loss.
#include "exercise.hpp"
#include "microgpt/model/gpt.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

namespace {

constexpr GptConfig config = {
    .vocab_size = 6, .n_layer = 1, .n_embd = 4, .n_head = 2, .block_size = 5};

/// How large the slopes along a row are, all together.
double size_of(const Gradients& gradients, Vector row) {
    double sum = 0;
    for (const double slope : gradients[row]) sum += std::abs(slope);
    return sum;
}

}  // namespace

int main() {
    return check([] {
        Tape tape;
        Index drawn = 0;
        const Gpt gpt(config, [&] { return (++drawn * 7 % 11 - 5.0) / 5; });
        Gpt::Context context = gpt.empty_context();
        Value loss(0);
        for (const Index token : {5U, 2U, 0U, 2U})
            loss = loss + cross_entropy(gpt(token, context), 1);
        const Gradients gradients = backward(loss);

        const Matrix wte = gpt.matrices()[0].matrix;
        const Matrix wpe = gpt.matrices()[1].matrix;
        for (const Index token : {0U, 1U, 2U, 3U, 4U, 5U}) {
            const bool was_read = token == 0 || token == 2 || token == 5;
            expect("the rows of wte that learn should be those of the tokens that were read",
                   (size_of(gradients, wte.row(token)) > 0) == was_read);
        }
        for (Index position = 0; position < 5; ++position) {
            expect(
                "four positions were read, and row " + std::to_string(position) + " of wpe " +
                    (position < 4 ? "has no part in the loss" : "should have no part in the loss"),
                (size_of(gradients, wpe.row(position)) > 0) == (position < 4));
        }
        std::puts("row of wpe   has a part in the loss of four tokens");
        for (Index position = 0; position < 5; ++position) {
            std::printf("%10u   %s\n", position,
                        size_of(gradients, wpe.row(position)) > 0 ? "yes" : "no");
        }
    });
}
