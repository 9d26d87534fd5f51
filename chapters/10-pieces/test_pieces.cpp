// Pieces: the cuts of GPT-2's rule, one alternative after the other.
#include "catch.hpp"
#include "microgpt/tokens/pieces.hpp"

using namespace microgpt;
using Pieces = std::vector<std::string>;

static Pieces pieces_of(std::string_view text) {
    Pieces all;
    while (!text.empty()) {
        all.emplace_back(piece(text));
        text.remove_prefix(all.back().size());
    }
    return all;
}

TEST_CASE("a word is a piece with the space before it", "[ch10][pieces]") {
    CHECK(pieces_of("a dog barks") == Pieces{"a", " dog", " barks"});
    CHECK(pieces_of("").empty());
}

TEST_CASE("numbers and signs are pieces of their own", "[ch10][pieces]") {
    CHECK(pieces_of("dog. dog! 1234abc") == Pieces{"dog", ".", " dog", "!", " 1234", "abc"});
    CHECK(pieces_of("x=(y+1);") == Pieces{"x", "=(", "y", "+", "1", ");"});
}

TEST_CASE("the ends of contractions are cut off, in small letters alone", "[ch10][pieces]") {
    CHECK(pieces_of("it's we'll they've I'm he'd can't you're") ==
          Pieces{"it", "'s", " we", "'ll", " they", "'ve", " I", "'m", " he", "'d", " can", "'t",
                 " you", "'re"});
    CHECK(pieces_of("IT'S") == Pieces{"IT", "'", "S"});
    CHECK(pieces_of(" 's") == Pieces{" '", "s"});
    CHECK(pieces_of("''s") == Pieces{"''", "s"});
}

TEST_CASE("of white space before a word, the last character is left to the next piece",
          "[ch10][pieces]") {
    CHECK(pieces_of("a  b") == Pieces{"a", " ", " b"});
    CHECK(pieces_of("a\n\n\nb") == Pieces{"a", "\n\n", "\n", "b"});
    CHECK(pieces_of("a \t b") == Pieces{"a", " \t", " b"});
    CHECK(pieces_of("a\tb") == Pieces{"a", "\t", "b"});
    CHECK(pieces_of("a   ") == Pieces{"a", "   "});
    CHECK(pieces_of(" ") == Pieces{" "});
}

TEST_CASE("letters, numbers and spaces are Unicode's", "[ch10][pieces]") {
    CHECK(pieces_of("naïve Ωμέγα 日本語") == Pieces{"naïve", " Ωμέγα", " 日本語"});
    CHECK(pieces_of("x²Ⅷ٣") == Pieces{"x", "²Ⅷ٣"});
    CHECK(pieces_of("a\u00A0\u3000b") == Pieces{"a", "\u00A0", "\u3000", "b"});
    CHECK(pieces_of("e\u0301") == Pieces{"e", "\u0301"});  // an accent is no letter
    CHECK(pieces_of("\u200B") == Pieces{"\u200B"});        // and this is no space
}

TEST_CASE("bytes that are no text count as signs", "[ch10][pieces]") {
    CHECK(pieces_of("a\xFF\xC3 b") == Pieces{"a", "\xFF\xC3", " b"});
    CHECK(pieces_of(std::string("a\0b", 3)) == Pieces{"a", std::string("\0", 1), "b"});
}
