// The figures that chapter 5 says.
#include <cmath>

#include "microgpt/data/dataset.hpp"
#include "microgpt/data/tokenizer.hpp"
#include "microgpt/model/gpt.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/training/descent.hpp"
#include "numbers.hpp"

namespace microgpt::book {

namespace {

void sizes(Numbers& numbers) {
    const GptConfig config = {.vocab_size = 27};
    numbers.count("params", count_parameters(config));
    numbers.count("params-per-column", count_parameters(config) / config.n_embd);
    numbers.count("params-attention", 4.0 * config.n_embd * config.n_embd);
    numbers.count("params-mlp", 8.0 * config.n_embd * config.n_embd);
    const double deeper = count_parameters({.vocab_size = 27, .n_layer = 2});
    numbers.count("params-second-block", deeper - count_parameters(config));
    const double wider = count_parameters({.vocab_size = 27, .n_embd = 32});
    numbers.count("params-twice-as-wide", wider);
    numbers.say("params-wider-factor", "%.1f", wider / count_parameters(config));

    const double gpt2_vocab = 50257;
    const double gpt2_width = 768;
    const double gpt2_block = gpt2_width * (12 * gpt2_width + 13);  // 9 of biases, 4 of norms
    numbers.say("log-gpt2-vocab", "%.2f", std::log(gpt2_vocab));
    numbers.count("gpt2-tied", gpt2_vocab * gpt2_width);
    numbers.count("gpt2-params",
                  gpt2_width * (gpt2_vocab + 1024) + 12 * gpt2_block + 2 * gpt2_width);
    numbers.count("gpt2-params-said", 117);  // millions, in the paper
    const double llama_width = 4096;
    const double llama_features = 11008;
    const double llama_block = llama_width * (4 * llama_width + 3 * llama_features + 2);
    numbers.count("llama-width", llama_width);
    numbers.count("llama-features", llama_features);
    numbers.count("llama-params", llama_width * (2 * 32000 + 1) + 32 * llama_block);
}

/// A stream of two numbers, and slopes through twelve halves of blocks.
void by_hand(Numbers& numbers) {
    Tape tape;
    const Vector shares = softmax(vector_of({0, 3, 1, 1}));
    const Vector found =
        mix(shares, {vector_of({0, 0}), vector_of({1, 0}), vector_of({0, 1}), vector_of({0, 1})});
    numbers.say("stream-consonant", "%.4f", (vector_of({0, 1}) + found)[1].data());

    const auto slope = [](bool keeps) {
        const Value x(1);
        Value y = x;
        for (int i = 0; i < 12; ++i) y = keeps ? y + 0.1 * y : 0.1 * y;
        return backward(y)[x];
    };
    numbers.say("slope-replaced", "%.12f", slope(false));
    numbers.say("slope-added", "%.2f", slope(true));
}

double size_of(Vector x) { return std::sqrt((dot(x, x) / x.size()).data()); }

/// What is on the stream of the untrained model while it reads the first name, and what it would
/// lose there if all tokens were as likely to come.
void stream(Numbers& numbers) {
    std::vector<std::string_view> docs = load_names(stderr);
    Random random(42);
    random.shuffle(docs);
    const Tokenizer tokenizer(docs);
    const GptConfig config = {.vocab_size = tokenizer.vocab_size()};
    const Draw draw = [&] { return random.gauss(0, 0.08); };

    Tape tape;
    const Matrix wte(config.vocab_size, config.n_embd, draw);
    const Matrix wpe(config.block_size, config.n_embd, draw);
    const Matrix lm_head(config.vocab_size, config.n_embd, draw);
    const Block block(config, draw);
    const std::vector<Index> tokens = tokenizer.encode(docs.front());
    const Index positions = static_cast<Index>(tokens.size() - 1);
    KvCache cache(config.n_head);
    double embedding = 0;
    double attention = 0;
    double mlp = 0;
    double loss = 0;
    double any = 0;
    double silent = 0;
    for (Index position = 0; position < positions; ++position) {
        const Vector sum = wte.row(tokens[position]) + wpe.row(position);
        const Vector x = rmsnorm(sum);
        silent += cross_entropy(linear(x, lm_head), tokens[position + 1]).data() / positions;
        const Vector found = block.attention(rmsnorm(x), cache);
        const Vector looked = x + found;
        const Vector thought = block.mlp(rmsnorm(looked));
        const Vector logits = linear(looked + thought, lm_head);
        embedding += size_of(sum) / positions;
        attention += size_of(found) / positions;
        mlp += size_of(thought) / positions;
        loss += cross_entropy(logits, tokens[position + 1]).data() / positions;
        any += mean_loss(config.vocab_size,
                         [&](std::size_t token) {
                             return cross_entropy(logits, static_cast<Index>(token));
                         })
                   .data() /
               positions;
    }
    numbers.say("stream-embedding", "%.2f", embedding);
    numbers.say("stream-attention", "%.2f", attention);
    numbers.say("stream-mlp", "%.2f", mlp);
    numbers.say("untrained-loss", "%.4f", loss);
    numbers.say("untrained-any-loss", "%.4f", any);
    numbers.say("silent-block-loss", "%.4f", silent);
}

}  // namespace

void chapter_05(Numbers& numbers) {
    sizes(numbers);
    by_hand(numbers);
    stream(numbers);
    const std::string wide = "chapters/05-gpt/breaks/wide-weights.txt";
    numbers.recorded("wide-weights-loss", wide, "mean loss +(.*)");
    numbers.recorded("wide-weights-e", wide, "\nh +e +[0-9.]+ +(.*)");
    ten_seeds_normed(numbers);
    const std::string last = "steps 901-1000 +([0-9.]+)";
    numbers.recorded("no-residual-last-100", "chapters/06-adam/breaks/no-residual.txt", last);
    numbers.recorded("no-first-norm-last-100", "chapters/06-adam/breaks/no-first-norm.txt", last);
}

}  // namespace microgpt::book
