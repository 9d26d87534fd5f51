// Check: the embedding is the head; then ten seeds with one matrix and with two.
// Cheat: return vector_of(std::vector<double>(wte.rows(), @));
#include "exercises/tying.hpp"

#include "exercise.hpp"
#include "exercises/parts.hpp"
#include "measure.hpp"

using namespace microgpt;
using namespace microgpt::exercise;

namespace {

void check_logits() {
    Tape tape;
    Index drawn = 0;
    const TiedGpt gpt({.vocab_size = 4, .n_embd = 4, .n_head = 2, .block_size = 4},
                      [&] { return (++drawn * 7 % 11 - 5.0) / 5; });
    KvCache cache(2);
    KvCache by_hand(2);
    for (const Index token : {3U, 1U}) {
        const Vector read = gpt.wte.row(token) + gpt.wpe.row(by_hand.size());
        const Vector x = rmsnorm(read);
        const Vector end = gpt.block(x, by_hand);
        Vector logits = linear(end, gpt.wte);
        const std::vector<double> expected(logits.data().begin(), logits.data().end());
        logits = gpt(token, cache);
        expect("there should be a logit for each letter", logits.size() == 4);
        std::vector<Number> answers;
        for (Index i = 0; i < 4; ++i) {
            answers.push_back(
                {"the logit of letter " + std::to_string(i), logits[i].data(), expected[i]});
        }
        expect("the logits are not what wte's rows say to the end of the stream", answers);
    }
    const Gradients gradients = backward(gpt(0, cache)[2]);
    expect("the row of a letter that was read, and that of one that is asked for, should learn",
           gradients[gpt.wte.row(0)[0]] != 0 && gradients[gpt.wte.row(2)[0]] != 0);
}

double learned_tied(Lesson& lesson) {
    const TiedGpt gpt({.vocab_size = lesson.tokenizer.vocab_size()}, lesson.draw());
    const auto loss = [&](const std::vector<Index>& tokens) {
        KvCache cache(4);
        return mean_loss(std::min<std::size_t>(16, tokens.size() - 1), [&](std::size_t i) {
            return cross_entropy(gpt(tokens[i], cache), tokens[i + 1]);
        });
    };
    return learned_by_descent(lesson, gpt, loss, 0.5);
}

double learned_apart(Lesson& lesson) {
    const Parts model(lesson.tokenizer.vocab_size(), lesson.draw());
    const auto loss = [&](const std::vector<Index>& tokens) {
        return model.loss(tokens, model.lm_head, with_relu);
    };
    return learned_by_descent(lesson, model, loss, 0.5);
}

}  // namespace

int main() {
    return check([] {
        check_logits();
        print_seeds("two matrices:", over_seeds(learned_apart),
                    "one matrix:", over_seeds(learned_tied));
    });
}
