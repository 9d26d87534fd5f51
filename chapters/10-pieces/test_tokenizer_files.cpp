// Tokenizer files: what is written is read again, and what is none is refused in a line.
#include <functional>

#include "catch.hpp"
#include "microgpt/tokens/bpe_encoder.hpp"
#include "microgpt/tokens/bpe_trainer.hpp"
#include "microgpt/tokens/tiktoken_ranks.hpp"
#include "microgpt/tokens/tokenizer_json.hpp"

using namespace microgpt;

namespace {

const std::string text = "it's some words, some other words, and words again: été, 日本 <end>";

Bpe with_special() {
    const Bpe bpe = train_bpe({text}, 300);
    std::vector<std::string> tokens = bpe.tokens();
    tokens.emplace_back("<end>");
    return {tokens, bpe.merges(), {}, {bpe.vocab_size()}};
}

/// `from`, with something else in a place of it.
std::string with(std::string from, const std::string& what, const std::string& instead) {
    const std::size_t place = from.rfind(what);
    REQUIRE(place != std::string::npos);
    return from.replace(place, what.size(), instead);
}

/// Why what is read is refused.
std::string refusal(const std::function<void()>& read) {
    try {
        read();
    } catch (const DataError& error) {
        return error.what();
    }
    return "nothing";
}

}  // namespace

TEST_CASE("tokenizer.json is read as it was written", "[ch10][tokenizer files]") {
    const Bpe bpe = with_special();
    const Bpe again = bpe_from_json(bpe_to_json(bpe), "it");
    CHECK(again.tokens() == bpe.tokens());
    CHECK(again.merges() == bpe.merges());
    CHECK(again.special() == bpe.special());
    CHECK(BpeEncoder(again).encode_with_special(text) == BpeEncoder(bpe).encode_with_special(text));
}

TEST_CASE("older files have a merge's tokens in one text", "[ch10][tokenizer files]") {
    const Bpe bpe = train_bpe({"abab"}, 257);
    const std::string json = with(bpe_to_json(bpe), "[\n    \"a\",\n    \"b\"\n   ]", "\"a b\"");
    CHECK(bpe_from_json(json, "it").merges() == bpe.merges());
}

TEST_CASE("tiktoken's list is read as it was written", "[ch10][tokenizer files]") {
    const Bpe bpe = with_special();
    const Bpe again = bpe_from_ranks(bpe_to_ranks(bpe), "it");
    CHECK(again.tokens().size() + 1 == bpe.tokens().size());
    CHECK(BpeEncoder(again).encode(text) == BpeEncoder(bpe).encode(text));
}

TEST_CASE("a tokenizer that cuts or spells otherwise is refused by what it does",
          "[ch10][tokenizer files]") {
    const std::string json = bpe_to_json(with_special());
    const auto why = [](const std::string& changed) {
        return refusal([&] { bpe_from_json(changed, "t.json"); });
    };
    CHECK(why(json) == "nothing");
    CHECK_THAT(why(with(json, "\"BPE\"", "\"Unigram\"")),
               ContainsSubstring("t.json: its model is \"Unigram\""));
    CHECK_THAT(why(with(json, "\"use_regex\": true", "\"use_regex\": false")),
               ContainsSubstring("GPT-2"));
    const auto null = [&](const std::string& key, const std::string& instead) {
        return why(with(json, '"' + key + "\": null", '"' + key + "\": " + instead));
    };
    CHECK_THAT(null("normalizer", R"({"type": "NFC"})"), ContainsSubstring("it has \"normalizer"));
    CHECK_THAT(null("truncation", R"({"max_length": 4})"), ContainsSubstring("\"truncation\""));
    CHECK_THAT(null("padding", R"({"pad_id": 0})"), ContainsSubstring("\"padding\""));
    CHECK_THAT(null("unk_token", "\"?\""), ContainsSubstring("a model with \"unk_token\""));
    CHECK_THAT(null("dropout", "0.1"), ContainsSubstring("\"dropout\", which is not known"));
    CHECK(null("dropout", "0.0") == "nothing");
    CHECK_THAT(why(with(json, "\"special\": true", "\"special\": false")),
               ContainsSubstring("an added token \"<end>\" that is not special"));
    for (const std::string key : {"single_word", "lstrip", "rstrip"}) {
        CHECK_THAT(why(with(json, '"' + key + "\": false", '"' + key + "\": true")),
                   ContainsSubstring("a token \"<end>\" with \"" + key));
    }
    CHECK_THAT(why(with(json, "\"merges\"", "\"emerges\"")),
               ContainsSubstring("a part is missing"));
    CHECK_THAT(why("no JSON"), ContainsSubstring("t.json is not JSON"));
    CHECK_THAT(why(json.substr(0, json.size() / 2)), ContainsSubstring("t.json is not JSON"));
    CHECK_THAT(why("[]"), ContainsSubstring("is not a tokenizer.json"));
}

TEST_CASE("a list that is none of tiktoken's is refused", "[ch10][tokenizer files]") {
    const std::string ranks = bpe_to_ranks(train_bpe({"abab"}, 257));
    const auto why = [](const std::string& list) {
        return refusal([&] { bpe_from_ranks(list, "it"); });
    };
    for (const char* line : {"YQ==", "? 1", "YQ== -1", "YQ== 1 ", "YQ 1"}) {
        INFO(line);
        CHECK(why(ranks + "\n" + line + "\nYQ== 3") ==
              "it: line 259 is not a token in base64, a space and its number");
    }
    CHECK_THAT(why("<!doctype html>\n<html>"), ContainsSubstring("; it is a web page: download"));
    CHECK_THAT(why("version https://git-lfs.github.com/spec/v1"),
               ContainsSubstring("git lfs pull"));
    CHECK_THAT(why("\x1f\x8b\x08"), ContainsSubstring("; is it compressed?"));
    CHECK_THROWS_WITH(bpe_from_ranks("YQ== 1", "it"), ContainsSubstring("it has no token 0"));
    CHECK_THROWS_WITH(bpe_from_ranks(ranks + "YQ== 3\n", "it"), ContainsSubstring("two tokens"));
    CHECK_THROWS_WITH(bpe_from_ranks("", "it"), ContainsSubstring("has no token for byte 0"));
}

TEST_CASE("merges that are in no list's order are refused, and not changed",
          "[ch10][tokenizer files]") {
    const Bpe bpe = train_bpe({"aabaab"}, 258);
    REQUIRE(bpe.merges().size() == 2);
    std::vector<std::string> tokens = bpe.tokens();
    std::swap(tokens[256], tokens[257]);
    const auto other = [](Index id) { return id < 256 ? id : 513 - id; };
    std::vector<Merge> merges;
    for (const auto& [left, right, whole] : bpe.merges()) {
        merges.push_back({other(left), other(right), other(whole)});
    }
    const Bpe swapped(tokens, merges, {});
    CHECK(bpe_from_json(bpe_to_json(swapped), "it").merges() == merges);
    CHECK_THROWS_WITH(bpe_to_ranks(swapped), ContainsSubstring("keep them as a .json"));
}
