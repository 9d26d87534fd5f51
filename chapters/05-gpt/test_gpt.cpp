// Chapter 5: the model, its sizes and its gradients.
#include <cmath>

#include "catch.hpp"
#include "microgpt/model/gpt.hpp"
#include "microgpt/random/random.hpp"

using namespace microgpt;

namespace {

Gpt reference_model(Random& random) {
    return Gpt({.vocab_size = 27}, [&] { return random.gauss(0, 0.08); });
}

}  // namespace

TEST_CASE("the reference model has 4192 parameters in nine matrices", "[ch05][gpt]") {
    Tape tape;
    Random random(42);
    const Gpt gpt = reference_model(random);
    CHECK(gpt.parameters().size() == 4192);
    std::string names;
    for (const NamedMatrix& named : gpt.matrices()) names += named.name + " ";
    CHECK(names ==
          "wte wpe lm_head layer0.attn_wq layer0.attn_wk layer0.attn_wv layer0.attn_wo "
          "layer0.mlp_fc1 layer0.mlp_fc2 ");
    CHECK(tape.size() == 4192);
}

TEST_CASE("weights are drawn in the order of the matrices, row by row", "[ch05][gpt]") {
    Tape tape;
    double next = 0;
    const Gpt gpt({.vocab_size = 5, .n_layer = 2, .n_embd = 4, .n_head = 2, .block_size = 3},
                  [&] { return next++; });
    double expected = 0;
    for (const NamedMatrix& named : gpt.matrices()) {
        for (Index i = 0; i < named.matrix.rows(); ++i) {
            CHECK(named.matrix.row(i)[0].data() == expected);
            expected += named.matrix.columns();
        }
    }
    CHECK(gpt.parameters().size() == expected);
    CHECK(gpt.matrices().back().name == "layer1.mlp_fc2");
}

TEST_CASE("every token gets a logit, and the context grows", "[ch05][gpt]") {
    Tape tape;
    Random random(42);
    const Gpt gpt = reference_model(random);
    Gpt::Context context = gpt.empty_context();
    CHECK(gpt(26, context).size() == 27);
    CHECK(gpt(4, context).size() == 27);
    CHECK(context[0].size() == 2);
}

TEST_CASE("a block adds what attention found, then what the MLP made of it", "[ch05][gpt]") {
    Tape tape;
    Random random(1);
    const Block block({.vocab_size = 3, .n_embd = 4, .n_head = 2},
                      [&] { return random.gauss(0, 1); });
    const Vector x = vector_of({1, -1, 2, 0.5});
    KvCache cache(2);
    KvCache same(2);
    const Vector out = block(x, cache);
    const Vector looked = x + block.attention(rmsnorm(x), same);
    const Vector expected = looked + block.mlp(rmsnorm(looked));
    for (Index i = 0; i < 4; ++i) CHECK(out[i].data() == expected[i].data());
}

TEST_CASE("a model is its embeddings, its blocks in turn, and its head", "[ch05][gpt]") {
    Tape tape;
    const GptConfig config = {.vocab_size = 3, .n_layer = 2, .n_embd = 4, .n_head = 2};
    Random random(1);
    const Gpt gpt(config, [&] { return random.gauss(0, 1); });
    Random again(1);  // the same draws, part by part
    const Draw draw = [&] { return again.gauss(0, 1); };
    const Matrix wte(3, 4, draw);
    const Matrix wpe(16, 4, draw);
    const Matrix lm_head(3, 4, draw);
    const Block first(config, draw);
    const Block second(config, draw);
    Gpt::Context context = gpt.empty_context();
    Gpt::Context same = gpt.empty_context();
    for (const Index token : {2u, 0u, 1u}) {
        const Index position = context[0].size();
        const Vector logits = gpt(token, context);
        const Vector x = rmsnorm(wte.row(token) + wpe.row(position));
        const Vector expected = linear(second(first(x, same[0]), same[1]), lm_head);
        for (Index i = 0; i < 3; ++i) CHECK(logits[i].data() == expected[i].data());
    }
}

TEST_CASE("an untrained model is about as surprised as a die with 27 sides", "[ch05][gpt]") {
    Tape tape;
    Random random(42);
    const Gpt gpt = reference_model(random);
    Gpt::Context context = gpt.empty_context();
    CHECK(cross_entropy(gpt(26, context), 4).data() == Approx(std::log(27)).margin(0.5));
}

TEST_CASE("the model reads block_size positions and no more", "[ch05][gpt]") {
    Tape tape;
    Random random(42);
    const Gpt gpt({.vocab_size = 3, .block_size = 2}, [&] { return random.gauss(0, 0.08); });
    Gpt::Context context = gpt.empty_context();
    gpt(2, context);
    gpt(0, context);
    CHECK_THROWS_WITH(gpt(1, context), ContainsSubstring("it holds block_size = 2 tokens"));
}

TEST_CASE("a token outside the vocabulary is refused", "[ch05][misuse]") {
    Tape tape;
    Random random(42);
    const Gpt gpt = reference_model(random);
    Gpt::Context context = gpt.empty_context();
    CHECK_THROWS_WITH(gpt(27, context), ContainsSubstring("not in the vocabulary"));
    Gpt::Context nothing;
    CHECK_THROWS_WITH(gpt(0, nothing), ContainsSubstring("empty_context()"));
}

TEST_CASE("sizes that do not fit together are refused", "[ch05][misuse]") {
    Tape tape;
    const Draw zero = [] { return 0.0; };
    CHECK_THROWS_WITH(Gpt({.vocab_size = 27, .n_embd = 16, .n_head = 3}, zero),
                      ContainsSubstring("n_head (3) must divide n_embd (16)"));
    CHECK_THROWS_AS(Gpt({.vocab_size = 27, .n_layer = 0}, zero), std::invalid_argument);
    CHECK_THROWS_AS(Gpt({.vocab_size = 0}, zero), std::invalid_argument);
    CHECK_THROWS_WITH(Gpt({.vocab_size = 27, .n_embd = 100000, .n_head = 1}, zero),
                      ContainsSubstring("a model of 120007000000 parameters") &&
                          ContainsSubstring("choose a smaller n_embd"));
    CHECK(tape.size() == 0);
}

TEST_CASE("more parameters than can be counted are refused", "[ch05][misuse]") {
    CHECK(parameter_count({.vocab_size = 27}) == 4192);
    for (const Index n_embd : {Index{1} << 31, Index{1} << 16}) {
        CHECK_THROWS_WITH(parameter_count({.vocab_size = 27, .n_embd = n_embd}),
                          ContainsSubstring("too large for an Index"));
    }
    CHECK_THROWS_AS(parameter_count({.vocab_size = 27, .n_head = 3}), std::invalid_argument);
}

TEST_CASE("a context of other heads is refused", "[ch05][misuse]") {
    Tape tape;
    Random random(1);
    const auto draw = [&] { return random.gauss(0, 0.1); };
    const Gpt two({.vocab_size = 3, .n_embd = 4, .n_head = 2}, draw);
    const Gpt four({.vocab_size = 3, .n_embd = 4, .n_head = 4}, draw);
    for (const auto& [gpt, other] : {std::pair(two, four), std::pair(four, two)}) {
        Gpt::Context context = other.empty_context();
        CHECK_THROWS_AS(gpt(0, context), std::logic_error);
    }
}
