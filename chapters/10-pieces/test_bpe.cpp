// BPE: the merges of a text one can count by hand, and what becomes of other texts.
#include "microgpt/tokens/bpe.hpp"

#include <numeric>

#include "catch.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/tokens/bpe_encoder.hpp"
#include "microgpt/tokens/bpe_trainer.hpp"
#include "microgpt/tokens/byte_letters.hpp"

using namespace microgpt;
using Tokens = std::vector<std::string>;

namespace {

/// What the tokens of a text spell, one by one.
Tokens spelled(const Bpe& bpe, std::string_view text) {
    Tokens all;
    for (const Index id : BpeEncoder(bpe).encode(text)) all.push_back(bpe.decode({id}));
    return all;
}

Tokens merged(const Bpe& bpe) {
    Tokens all;
    for (const Merge& merge : bpe.merges()) all.push_back(bpe.decode({merge.whole}));
    return all;
}

/// The 256 bytes, and some more.
Bpe with_bytes(Tokens more, std::vector<Merge> merges, Bpe::Rules rules = {},
               std::vector<Index> special = {}) {
    Tokens all;
    for (int byte = 0; byte < 256; ++byte) all.emplace_back(1, static_cast<char>(byte));
    all.insert(all.end(), more.begin(), more.end());
    return {all, std::move(merges), rules, std::move(special)};
}

}  // namespace

TEST_CASE("every byte has a letter, and every letter its byte", "[ch10][bpe]") {
    std::string all(256, '\0');
    std::iota(all.begin(), all.end(), '\0');
    CHECK(bytes_of(letters_of(all)) == all);
    CHECK(letters_of(" a\n\xC3\xA9") == "Ġa\u010A\u00C3\u00A9");
    CHECK(bytes_by_letter()[0] == '!');
    CHECK(bytes_by_letter()[255] == 0xAD);
    CHECK_THROWS_WITH(bytes_of("日"), ContainsSubstring("stands for no byte"));
}

TEST_CASE("the pair that comes most often is merged, again and again", "[ch10][bpe]") {
    // ab comes three times, then abc and bd twice; a pair of the other's letters is gone by then
    const Bpe bpe = train_bpe({"abc", "abc", "abd"}, 258);
    CHECK(merged(bpe) == Tokens{"ab", "abc"});
    CHECK(spelled(bpe, "abcabd") == Tokens{"abc", "ab", "d"});
}

TEST_CASE("of pairs that come equally often, the smallest is merged", "[ch10][bpe]") {
    CHECK(merged(train_bpe({"zy", "ba", "bc"}, 259)) == Tokens{"ba", "bc", "zy"});
}

TEST_CASE("a run of the same letter is merged from the left", "[ch10][bpe]") {
    const Bpe bpe = train_bpe({"aaaaaaaa"}, 258);
    CHECK(merged(bpe) == Tokens{"aa", "aaaa"});
    CHECK(spelled(bpe, "aaaaaaa") == Tokens{"aaaa", "aa", "a"});
}

TEST_CASE("no token reaches over the edge of a piece", "[ch10][bpe]") {
    const Bpe bpe = train_bpe({"a dog. a dog. a dog."}, 400);
    CHECK(merged(bpe).back() == " a");
    for (const std::string& token : merged(bpe)) CHECK(token.find('.') == std::string::npos);
}

TEST_CASE("learning ends where no pair is left, and with fewer tokens than bytes it can't begin",
          "[ch10][bpe]") {
    CHECK(train_bpe({"ab"}, 1000).vocab_size() == 257);
    CHECK(train_bpe({}, 1000).vocab_size() == 256);
    CHECK(train_bpe({"abab"}, 256).merges().empty());
    CHECK_THROWS_AS(train_bpe({"ab"}, 255), std::invalid_argument);
}

TEST_CASE("a merge is taken by its rank, not by its place", "[ch10][bpe]") {
    const Bpe bpe = with_bytes({"bc", "ab"}, {{'b', 'c', 256}, {'a', 'b', 257}});
    CHECK(spelled(bpe, "abc") == Tokens{"a", "bc"});
}

TEST_CASE("a piece that is a token is that token first, if the tokenizer says so", "[ch10][bpe]") {
    const Tokens more = {"ab", "abc", "bc"};
    const std::vector<Merge> merges = {{'b', 'c', 258}, {256, 'c', 257}, {'a', 'b', 256}};
    CHECK(spelled(with_bytes(more, merges), "abc") == Tokens{"a", "bc"});
    CHECK(spelled(with_bytes(more, merges, {.whole_pieces_first = true}), "abc") == Tokens{"abc"});
}

TEST_CASE("the text of a special token is that token where it is asked for", "[ch10][bpe]") {
    const Bpe bpe = with_bytes({"<end>", "<end><end>"}, {}, {}, {256, 257});
    BpeEncoder encoder(bpe);
    CHECK(encoder.encode_with_special("a<end>b") == std::vector<Index>{'a', 256, 'b'});
    CHECK(encoder.encode_with_special("<end><end><end>") == std::vector<Index>{257, 256});
    CHECK(encoder.encode("<end>") == std::vector<Index>{'<', 'e', 'n', 'd', '>'});
    CHECK(encoder.encode_with_special("").empty());
    CHECK(bpe.decode({'a', 256}) == "a<end>");
}

TEST_CASE("whatever bytes are encoded, the same come back", "[ch10][bpe]") {
    const Bpe bpe = train_bpe({"some words, some other words, and words again: été, 日本"}, 300);
    BpeEncoder encoder(bpe);
    Random random(7);
    for (int i = 0; i < 300; ++i) {
        std::string bytes;
        for (int j = 0; j < i; ++j)
            bytes += static_cast<char>(static_cast<int>(random.random() * 256));
        CHECK(bpe.decode(encoder.encode(bytes)) == bytes);
    }
}

TEST_CASE("a piece of a hundred thousand letters is encoded as fast as many short ones",
          "[ch10][bpe]") {
    const Bpe bpe = train_bpe({"aaaa"}, 258);
    CHECK(BpeEncoder(bpe).encode(std::string(100'000, 'a')).size() == 25'000);
}

TEST_CASE("tables that do not hang together are refused", "[ch10][bpe]") {
    CHECK_THROWS_WITH(Bpe({"a"}, {}, {}), ContainsSubstring("has no token for byte 0"));
    CHECK_THROWS_WITH(with_bytes({"ab"}, {{'a', 'c', 256}}), ContainsSubstring("merge 1"));
    CHECK_THROWS_WITH(with_bytes({"ab"}, {{'a', 'b', 999}}), ContainsSubstring("merge 1"));
    CHECK_THROWS_WITH(with_bytes({"a"}, {}),
                      ContainsSubstring("token 256 of the tokenizer is the same"));
    CHECK_THROWS_WITH(with_bytes({""}, {}),
                      ContainsSubstring("token 256 of the tokenizer is empty"));
    CHECK_THROWS_AS(with_bytes({}, {}).decode({256}), std::out_of_range);
}
