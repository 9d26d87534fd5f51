// Chapter 3: from bytes to documents, characters and tokens.
#include "catch.hpp"
#include "microgpt/data/spelling.hpp"
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

TEST_CASE("graphemes do not depend on how old utf8proc's tables are", "[ch03][text]") {
    // Since Unicode 15.1 consonants that a virama joins are one grapheme.
    const std::string lines = "लक्ष्मी\nकृष्ण\nहिन्दी\n";
    const auto docs = unstripped_documents(lines, "x");
    CHECK(cut(docs[0], grapheme) == Strings{"ल", "क्", "ष्", "मी"});
    CHECK(cut(docs[1], grapheme) == Strings{"कृ", "ष्", "ण"});
    CHECK(cut(docs[2], grapheme) == Strings{"हि", "न्", "दी"});
    CHECK(Tokenizer(docs, grapheme).vocab_size() == 10);
    CHECK(cut("\u0600a", grapheme) == Strings{"\u0600a"});  // what stands before a letter stays
}

TEST_CASE("what is not UTF-8 may be something known", "[ch03][text]") {
    using namespace std::string_literals;
    const auto says = [](const std::string& bytes, const std::string& advice) {
        CHECK_THROWS_WITH(documents(bytes, "f"), ContainsSubstring("is not UTF-8: " + advice));
    };
    says("\xff\xfe"s + "e\0m\0"s, "is it UTF-16? convert it first, with iconv -f UTF-16 -t UTF-8");
    says("\xfe\xff\0e"s, "is it UTF-16?");
    says("\x1f\x8b\x08", "is it compressed? unpack it first");
    says("PK\3\4\xff", "is it compressed?");
    says("BZh9\xff", "is it compressed?");
    says("\xfd\x37zXZ", "is it compressed?");
    says("\x28\xb5\x2f\xfd", "is it compressed?");
    says("photo.jpg" + std::string(248, '\0') + "ustar\xff", "is it compressed?");
    says("\xef\xbb\xbf\r\n <html>\xff", "it is a web page");
    says("Ren\xe9", "convert it first, as with iconv -f CP1252 -t UTF-8");
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

TEST_CASE("a character is named so that one can see which it is", "[ch03][spelling]") {
    CHECK(named("y") == "'y'");
    CHECK(named("é") == "'é' (U+00E9)");
    CHECK(named("e\u0301") == "'e\u0301' (U+0065 U+0301)");
    CHECK(named(" ") == "U+0020");
    CHECK(named("\t") == "U+0009");
    CHECK(named("\u00a0") == "U+00A0");
    CHECK(named("\u200b") == "U+200B");
    CHECK(named("\u0301") == "U+0301");
    CHECK(named("😀") == "'😀' (U+1F600)");
}

TEST_CASE("an accent is inside its letter, or apart", "[ch03][spelling]") {
    CHECK(with_accents_inside("e\u0301a") == "\u00e9a");
    CHECK(with_accents_apart("\u00e9a") == "e\u0301a");
    CHECK(with_accents_inside("\xff") == "\xff");
}
