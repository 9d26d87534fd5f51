// Chapter 3: from bytes to documents, characters and tokens.
#include "catch.hpp"
#include "microgpt/data/tokenizer.hpp"

using namespace microgpt;
using Strings = std::vector<std::string_view>;

namespace {

/// All characters of a text.
Strings cut(std::string_view text, Split split) {
    Strings characters;
    for (; !text.empty(); text.remove_prefix(characters.back().size())) {
        characters.push_back(split(text));
    }
    return characters;
}

}  // namespace

TEST_CASE("documents are lines, stripped, without the blank ones", "[ch03][text]") {
    CHECK(documents("emma\n\n  olivia \t\n \nava", "x") == Strings{"emma", "olivia", "ava"});
}

TEST_CASE("lines end at LF, CRLF or CR, as Python reads them", "[ch03][text]") {
    CHECK(documents("a\r\nb\rc\nd", "x") == Strings{"a", "b", "c", "d"});
}

TEST_CASE("strip() takes every white space of Unicode, and leaves it inside", "[ch03][text]") {
    CHECK(documents("\u00a0Ana María\u3000\u2003", "x") == Strings{"Ana María"});
    CHECK(documents("\u200bzero width\u200b", "x") == Strings{"\u200bzero width\u200b"});
    CHECK(documents("\x1c"
                    "a\x1f\x0b",
                    "x") == Strings{"a"});
}

TEST_CASE("a code point is a character, whatever its length in bytes", "[ch03][text]") {
    CHECK(cut("aé語😀", code_point) == Strings{"a", "é", "語", "😀"});
    CHECK(cut("e\u0301", code_point) == Strings{"e", "\u0301"});
}

TEST_CASE("a grapheme keeps its accent, and a family stays together", "[ch03][text]") {
    CHECK(cut("e\u0301a", grapheme) == Strings{"e\u0301", "a"});
    const std::string family = "👩‍👩‍👧";
    CHECK(cut(family + "!", grapheme) == Strings{family, "!"});
    CHECK(cut("🇫🇷🇩🇪", grapheme) == Strings{"🇫🇷", "🇩🇪"});
}

TEST_CASE("bytes that are not UTF-8 are named by line and byte", "[ch03][text]") {
    CHECK_THROWS_WITH(documents("ab\ncd\xff", "f.txt"), ContainsSubstring("f.txt:2: byte 3"));
    CHECK_THROWS_AS(documents("\xc0\x80", "x"), DataError);      // overlong
    CHECK_THROWS_AS(documents("\xed\xa0\x80", "x"), DataError);  // half of a surrogate pair
    CHECK_THROWS_AS(documents("a\xe8\xaa", "x"), DataError);     // cut short
}

TEST_CASE("text without a document is refused", "[ch03][text]") {
    CHECK_THROWS_WITH(documents("", "empty.txt"), ContainsSubstring("empty.txt holds no document"));
    CHECK_THROWS_AS(documents("\n \n\t\n", "x"), DataError);
}

TEST_CASE("tokens number the distinct characters in order, and BOS comes last",
          "[ch03][tokenizer]") {
    const Tokenizer tokenizer({"emma", "ava"});  // a e m v
    CHECK(tokenizer.vocab_size() == 5);
    CHECK(tokenizer.bos() == 4);
    CHECK(tokenizer.encode("emma") == std::vector<Index>{4, 1, 2, 2, 0, 4});
    CHECK(tokenizer.decode({1, 2, 2, 0}) == "emma");
    CHECK(tokenizer.character(3) == "v");
}

TEST_CASE("characters are ordered by code point", "[ch03][tokenizer]") {
    const Tokenizer tokenizer({"zé A語😀"});
    const std::string in_order = " Azé語😀";
    CHECK(tokenizer.decode({0, 1, 2, 3, 4, 5}) == in_order);
}

TEST_CASE("a character that was never seen is named", "[ch03][tokenizer]") {
    const Tokenizer tokenizer({"emma"});
    CHECK_THROWS_WITH(tokenizer.encode("emmy"), ContainsSubstring("'y' is not in the data"));
}
