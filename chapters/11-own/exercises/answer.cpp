// Check: what is asked is read, and what is answered is learned.
#include "exercises/answer.hpp"

#include "exercise.hpp"
#include "microgpt/data/tokenizer.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/training/trainer.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

int main() {
    return check([] {
        const Tokenizer tokenizer({"anna?bert"});
        const std::vector<Index> tokens = tokenizer.encode("anna?bert");
        Random random(7);
        const Tape tape;
        const Gpt gpt({.vocab_size = tokenizer.vocab_size(), .n_embd = 8, .n_head = 2},
                      [&] { return random.gauss(0, 0.3); });
        const auto surprise = [&](std::size_t last) {  // at this token, given all before it
            const std::vector<Index> front(tokens.begin(), tokens.begin() + last);
            const double before = last > 1 ? document_loss(gpt, front).data() : 0;
            const std::vector<Index> and_it(tokens.begin(), tokens.begin() + last + 1);
            const double with = document_loss(gpt, and_it).data();
            return static_cast<double>(last) * with - static_cast<double>(last - 1) * before;
        };
        expect("where only BOS was asked, the loss should be of all that follows",
               {{"the loss of all", answer_loss(gpt, tokens, 1).data(),
                 document_loss(gpt, tokens).data()}});
        expect("a question should cost nothing, and its answer be foreseen by who has read it",
               {{"the loss of the last token alone", answer_loss(gpt, tokens, 10).data(),
                 surprise(10)},
                {"of the last two", answer_loss(gpt, tokens, 9).data(),
                 (surprise(9) + surprise(10)) / 2}});
        std::printf("all of it %.4f, the answer %.4f\n", answer_loss(gpt, tokens, 1).data(),
                    answer_loss(gpt, tokens, 6).data());
    });
}
