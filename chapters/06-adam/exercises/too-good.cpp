// Check: a document's loss is the surprise at what comes next.
#include "exercise.hpp"
#include "microgpt/training/trainer.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

int main() {
    return check([] {
        Tape tape;
        Index drawn = 0;
        const Gpt gpt({.vocab_size = 5, .n_embd = 4, .n_head = 2, .block_size = 8},
                      [&] { return (++drawn * 7 % 11 - 5.0) / 5; });
        const std::vector<Index> emma = {4, 1, 2, 2, 0, 4};  // with BOS at both ends
        Gpt::Context context = gpt.empty_context();
        double total = 0;
        for (std::size_t i = 0; i + 1 < emma.size(); ++i) {
            total += cross_entropy(gpt(emma[i], context), emma[i + 1]).data();
        }
        expect(
            "the loss is not what the model's shares say it is",
            {{"the loss of a name of four letters", document_loss(gpt, emma).data(), total / 5}});
        expect("a name cut short should be judged by what is left of it",
               document_loss(gpt, {4, 1}).data() != document_loss(gpt, {4, 2}).data());
        std::printf("untrained, the name surprises by %.4f a letter\n", total / 5);
    });
}
