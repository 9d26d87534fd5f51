// Towns: what becomes of a raw file, one step after the other.
#include "catch.hpp"
#include "microgpt/data/text.hpp"
#include "microgpt/files/file.hpp"
#include "towns.hpp"

using namespace microgpt;

TEST_CASE("of a table, the column that is named is taken", "[ch11][towns]") {
    const std::string csv = "# a remark\nid,name,size\n1,Berlin,3\n2,\"Rüti, Südl. Teil\",1\r\n";
    CHECK(column(csv, "name") == Names{"Berlin", "Rüti, Südl. Teil"});
    CHECK(column(csv, "size") == Names{"3", "1"});
    CHECK_THROWS_WITH(column(csv, "town"), ContainsSubstring("no column town"));
    CHECK_THROWS_WITH(column("id,name\n1\n", "name"), ContainsSubstring("without a name: 1"));
}

TEST_CASE("letters that went through a wrong encoding come back", "[ch11][towns]") {
    CHECK(decoded_again("ZÃ¼rich") == "Zürich");
    CHECK(decoded_again("\u00C3\u0084hrendorf") == "Ährendorf");  // the second is not seen
}

TEST_CASE("and what was right stays right", "[ch11][towns]") {
    for (const char* name : {"Zürich", "Köln", "Bern", "", "Łódź", "Łask", "Ã"}) {
        CHECK(decoded_again(name) == name);
    }
}

TEST_CASE("what is added in brackets, behind a slash or a comma, goes", "[ch11][towns]") {
    CHECK(without_addition("Halle (Saale)") == "Halle");
    CHECK(without_addition("Biel/Bienne") == "Biel");
    CHECK(without_addition("Thalwil / Berg") == "Thalwil");
    CHECK(without_addition("Bad Tölz") == "Bad Tölz");
}

TEST_CASE("letters become small, with their dots", "[ch11][towns]") {
    CHECK(in_small_letters("KLAGENFURT AM WÖRTHERSEE") == "klagenfurt am wörthersee");
    CHECK(in_small_letters("ÄÖÜß Éa-z") == "äöüß éa-z");
}

TEST_CASE("each name is kept once", "[ch11][towns]") {
    CHECK(each_once({"neustadt", "au", "neustadt"}) == Names{"au", "neustadt"});
}

TEST_CASE("a letter counts once in a name, and a rare one takes its names along", "[ch11][towns]") {
    CHECK(of_common_letters({"aa", "ab", "qqb"}, 2) == Names{"aa", "ab"});
}

TEST_CASE("a length is counted in letters, not in bytes", "[ch11][towns]") {
    CHECK(length("köln") == 4);
    CHECK(of_length({"köln", "bern", "berlin"}, 4) == Names{"köln", "bern"});
}

TEST_CASE("the towns that are kept have no trace left of how they were spoiled", "[ch11][towns]") {
    const Names raw = column(read_file(TOWNS), "name");
    CHECK(raw.size() == 3100);
    for (const std::string& name : raw) {
        const std::string clean = in_small_letters(without_addition(decoded_again(name)));
        CHECK(clean.find_first_of("()/,\"") == std::string::npos);
        CHECK(clean.find("Ã") == std::string::npos);
        CHECK(clean.find("ã") == std::string::npos);
    }
}
