// The page's stand-in for nlohmann-json: it reads and writes as that does, as far as it is asked.
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include "../book/live/stand-ins/nlohmann/json.hpp"
#include "catch.hpp"

using nlohmann::json;

namespace {

bool is_json(const std::string& text) {
    try {
        json::parse(text);
        return true;
    } catch (const json::exception&) {
        return false;
    }
}

}  // namespace

TEST_CASE("the page's JSON: what is none is refused", "[page]") {
    for (const char* text :
         {"",      "{",   "[1,]",   "[1 2]",   "{\"a\" 1}",   "{\"a\":1,}",  "{a:1}",
          "01",    "-",   "1.",     ".5",      "1e",          "+1",          "nul",
          "1 2",   "\"",  "\"\n\"", "\"\\x\"", "\"\\u12g4\"", "\"\\ud800\"", "\"\\udc00\"",
          "1e999", "'a'", "[",      "]"}) {
        INFO(text);
        CHECK_FALSE(is_json(text));
    }
    CHECK_FALSE(is_json(std::string(1000, '[') + std::string(1000, ']')));
    for (const char* text : {" [ ] ", "{}", "0", "-0.5e-3", "true", "null", "\"\"", "[[1],{}]"}) {
        INFO(text);
        CHECK(is_json(text));
    }
}

TEST_CASE("the page's JSON: a text keeps its signs, there and back", "[page]") {
    CHECK(json::parse(R"("\"\\\/\b\f\n\r\tA\u00e9\u4e00\ud83d\ude00")").get<std::string>() ==
          "\"\\/\b\f\n\r\tA\u00e9\u4e00\U0001F600");
    const std::string odd = "a\"b\\c\nd\x01 \u00e9";
    CHECK(json(odd).dump() == "\"a\\\"b\\\\c\\u000ad\\u0001 \u00e9\"");
    CHECK(json::parse(json(odd).dump()).get<std::string>() == odd);
}

TEST_CASE("the page's JSON: a number has the fewest digits that are read as the same", "[page]") {
    for (const auto& [number, text] :
         std::vector<std::pair<double, std::string>>{{0.1, "0.1"},
                                                     {1, "1.0"},
                                                     {-2.5, "-2.5"},
                                                     {1.0 / 3, "0.3333333333333333"},
                                                     {1e300, "1e+300"}}) {
        CHECK(json(number).dump() == text);
    }
    for (const double number : {5e-324, 1.7976931348623157e308, 0.1 + 0.2, -123456.789}) {
        CHECK(json::parse(json(number).dump()).get<double>() == number);
    }
    CHECK(json(std::numeric_limits<double>::infinity()).dump() == "null");
    CHECK(json::parse("18446744073709551615").get<std::uint64_t>() == UINT64_MAX);
    CHECK(json::parse("7").is_number_unsigned());
    CHECK_FALSE(json::parse("-7").is_number_unsigned());
    CHECK(json::parse("7.0").is_number_float());
    CHECK_THROWS_AS(json::parse("\"7\"").get<double>(), json::exception);
}

TEST_CASE("the page's JSON: objects are looked into, and told of as they are read", "[page]") {
    std::ostringstream told;
    const json found = json::parse(R"({"b": [1, 2], "a": {"c": "x"}})",
                                   [&](int depth, json::parse_event_t event, const json& parsed) {
                                       told << depth
                                            << (event == json::parse_event_t::key ? parsed.dump()
                                                : event == json::parse_event_t::object_end ? "}"
                                                                                           : "{");
                                       return true;
                                   },
                                   false);
    CHECK(told.str() == "0{1\"b\"1\"a\"1{2\"c\"1}0}");
    CHECK(found["b"].get<std::vector<double>>() == std::vector<double>{1, 2});
    CHECK(found.find("z") == found.end());
    CHECK_THROWS_AS(found.at("z"), json::exception);
    CHECK(found["a"]["c"] == "x");
    CHECK(json(std::vector<std::string>{"x"}) == json::parse(R"(["x"])"));
    CHECK_FALSE(json(2.0) == json::parse("3.0"));
    CHECK(json::parse("{", {}, false).is_object() == false);
}
