// What the book's pages ask, answered natively: the same figures have to come out of a browser.
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "../book/live/stand-ins/utf8proc.h"
#include "catch.hpp"
#include "house.hpp"
#include "microgpt/data/text.hpp"
#include "microgpt/page/answers.hpp"
#include "microgpt/page/interface.hpp"
#include "microgpt/page/slow_reader.hpp"
#include "microgpt/random/random.hpp"

using namespace microgpt;
using nlohmann::json;

namespace {

std::string record() { return house::text_of(house::root / "book/runs/sample.txt"); }

/// A page: it asks, and may send bytes along.
struct Page {
    json ask(const json& question) { return json::parse(answers.answer(question.dump())); }
    json ask(const json& question, const std::string& bytes) {
        answers.bytes = bytes;
        return ask(question);
    }

    Answers answers;
};

std::string refusal_of(const std::string& text) {
    Page page;
    return page.ask({{"ask", "begin"}, {"name", "mine.txt"}}, text).value("refused", "");
}

}  // namespace

// ---- A run

TEST_CASE("page: the embedded sample's 1000 losses and 20 names are those of its record",
          "[page]") {
    Page page;
    const json begun = page.ask({{"ask", "begin"}});
    CHECK(begun["docs"] == 2000);
    CHECK(begun["params"] == 4192);
    CHECK(page.ask({{"ask", "train"}, {"steps", 10}})["losses"].size() == 10);
    CHECK(page.ask({{"ask", "names"}, {"count", 5}, {"aside", true}})["names"].size() == 5);
    const json rest = page.ask({{"ask", "train"}, {"steps", 5000}});
    CHECK(rest["losses"].size() == 990);
    CHECK(rest["step"] == 1000);
    CHECK(rest["mean"].get<double>() == Approx(2.26).margin(0.2));
    const json names = page.ask({{"ask", "names"}, {"count", 20}})["names"];
    const json found = page.ask({{"ask", "compare"}, {"names", names}}, record());
    CHECK(found == json({{"losses", 1000}, {"of_losses", 1000}, {"names", 20}, {"of_names", 20}}));
}

TEST_CASE("page: a number of steps from somebody's link is a whole one, or refused", "[page]") {
    Page page;
    for (const double count : {-1.0, 0.5, 1e300}) {
        CHECK(page.ask({{"ask", "optimize"}, {"steps", count}})["refused"] ==
              "the number of steps is a whole one, 0 or above");
    }
    CHECK(page.ask({{"ask", "optimize"}, {"steps", 0}})["adam"].size() == 1);
}

TEST_CASE("page: a loss or a name that differs is counted as one", "[page]") {
    const std::string said =
        "step    1 / 2 | loss 3.4282\nstep    2 / 2 | loss 3.3214\n"
        "\nsample  1: anna\nsample  2: bo\n";
    const Agreement found = compare({3.42824, 3.3215}, {"anna", "bob"}, said);
    CHECK(found.losses == 1);
    CHECK(found.of_losses == 2);
    CHECK(found.names == 1);
    CHECK(found.of_names == 2);
    CHECK(compare({}, {}, said).of_losses == 2);
}

TEST_CASE("page: a model is kept, and opened with the same losses and names", "[page]") {
    Page page;
    page.ask({{"ask", "begin"}, {"steps", 3}});
    page.ask({{"ask", "train"}, {"steps", 3}});
    const json losses = page.ask({{"ask", "losses"}});
    const json kept = page.ask({{"ask", "keep"}});
    const std::string bytes = page.answers.bytes;
    CHECK(kept["size"] == bytes.size());
    const json names = page.ask({{"ask", "names"}, {"count", 3}});
    CHECK(page.ask({{"ask", "open"}}, bytes)["step"] == 3);
    CHECK(page.ask({{"ask", "losses"}}) == losses);
    CHECK(page.ask({{"ask", "names"}, {"count", 3}}) == names);
    CHECK(from_bytes(bytes).data.name == "the embedded sample");
    CHECK(page.ask({{"ask", "open"}}, "no model")["refused"] ==
          "not a microgpt checkpoint: it is cut short, or no safetensors file");
    CHECK(page.ask({{"ask", "losses"}}) == losses);
}

TEST_CASE("page: what cannot be trained on is refused in the program's words", "[page]") {
    CHECK(refusal_of("") == "mine.txt holds no document: give a file with one on each line");
    CHECK(refusal_of(std::string("\x89PNG\r\n\x1a\n\0\xff", 10))
              .find("mine.txt:1: byte 1 is not UTF-8") == 0);
    Page page;
    CHECK(page.ask({{"ask", "train"}})["refused"] == "nothing has been trained yet: begin() first");
    CHECK(page.ask({{"ask", "what"}})["refused"] == "there is no such question");
    CHECK(page.answers.answer("{").find("{\"refused\":") == 0);
}

TEST_CASE("page: a megabyte, and an alphabet of 20,000 letters, can be trained on", "[page]") {
    Page page;
    std::string names;
    while (names.size() < 1000000) names += "anna\nbob\n";
    CHECK(page.ask({{"ask", "begin"}, {"name", "mine.txt"}}, names)["vocab"] == 5);
    CHECK(page.ask({{"ask", "train"}})["losses"].size() == 1);
    std::string letters;
    for (char32_t letter = 0x4E00; letter < 0x4E00 + 20000; ++letter) {
        letters +=
            {static_cast<char>(0xE0 | letter >> 12), static_cast<char>(0x80 | (letter >> 6 & 63)),
             static_cast<char>(0x80 | (letter & 63)), '\n'};
    }
    CHECK(page.ask({{"ask", "begin"}, {"name", "mine.txt"}}, letters)["vocab"] == 20001);
    CHECK(page.ask({{"ask", "train"}})["losses"].size() == 1);
}

// ---- Chapter 1

TEST_CASE("page: the walk back over a·b + a, record by record", "[page]") {
    Page page;
    const json walk = page.ask({{"ask", "walk"}, {"a", 2}, {"b", -3}});
    CHECK(walk["records"][2] ==
          json({{"data", -6.0}, {"operands", {0, 1}}, {"slopes", {-3.0, 2.0}}}));
    CHECK(walk["gradients"] == json({{0.0, 0.0, 0.0, 1.0},
                                     {1.0, 0.0, 1.0, 1.0},
                                     {-2.0, 2.0, 1.0, 1.0},
                                     {-2.0, 2.0, 1.0, 1.0},
                                     {-2.0, 2.0, 1.0, 1.0}}));
}

TEST_CASE("page: with a mistake the walk ends as the chapter's break does", "[page]") {
    Page page;
    const auto last = [&](const char* mistake) {
        return page.ask({{"ask", "walk"}, {"a", 2}, {"b", -3}, {"mistake", mistake}})["gradients"]
            .back();
    };
    CHECK(last("overwrite") == json({-3.0, 2.0, 1.0, 1.0}));
    CHECK(last("forwards") == json({1.0, 0.0, 1.0, 1.0}));
    CHECK(page.ask({{"ask", "walk"}, {"mistake", "none"}})["refused"] ==
          "there is no mistake 'none'");
}

// ---- Chapters 2 and 3

TEST_CASE("page: the slope of a surprise is the share, less one for what came", "[page]") {
    Page page;
    const json said = page.ask({{"ask", "score"}, {"scores", {0, 3, 1, 1}}, {"came", 2}});
    const auto shares = said["shares"].get<std::vector<double>>();
    CHECK(shares[1] == Approx(0.7573).margin(1e-4));
    CHECK(shares[2] == Approx(0.1025).margin(1e-4));
    CHECK(said["surprise"].get<double>() == Approx(-std::log(shares[2])));
    const auto slopes = said["slopes"].get<std::vector<double>>();
    for (std::size_t i = 0; i < 4; ++i) CHECK(slopes[i] == Approx(shares[i] - (i == 2 ? 1 : 0)));
    CHECK(page.ask({{"ask", "score"}, {"scores", {0}}, {"came", 1}}).contains("refused"));
}

TEST_CASE("page: descent goes down its valley as chapter 3 says", "[page]") {
    Page page;
    const json said = page.ask({{"ask", "valley"}, {"rate", 1}, {"steps", 20}, {"at", {0.0}}});
    const json& walk = said["walk"];
    CHECK(walk.size() == 21);
    CHECK(walk[0]["loss"] == said["losses"][0]);
    CHECK(walk[1]["scores"][0].get<double>() == Approx(3.0 / 5 - 1.0 / 3));
    CHECK(walk[20]["shares"][0].get<double>() == Approx(0.6).margin(0.001));
    for (const int rate : {1, 2, 5, 10}) {  // the last ends higher than it began
        const json six = page.ask(
            {{"ask", "valley"}, {"rate", rate}, {"steps", 6}, {"at", json::array()}})["walk"];
        CHECK((six[6]["loss"].get<double>() > six[0]["loss"].get<double>()) == (rate == 10));
    }
}

// ---- Chapter 6

TEST_CASE("page: Adam and descent end in their valley where chapter 6's picture says", "[page]") {
    Page page;
    const json said = page.ask({{"ask", "optimize"}});
    const std::string picture = house::text_of(house::root / "book/figures/06-valley.svg");
    for (const char* optimizer : {"descent", "adam"}) {
        CHECK(said[optimizer].size() == 41);
        CHECK(said[optimizer][0] == json({-6.0, 1.0, 43.0}));
        char words[64];
        std::snprintf(words, sizeof words, "after 40 steps at height %.3f",
                      said[optimizer][40][2].get<double>());
        CHECK(picture.find(words) != std::string::npos);
    }
    CHECK(page.ask({{"ask", "optimize"}, {"rate", 0.05}})["descent"][40][2].get<double>() > 43);
}

// ---- Chapters 4, 5 and 7: the model of the run

TEST_CASE("page: a slow reader computes what the Gpt does, and shares that add up", "[page]") {
    Tape tape;
    Random random(42);
    const GptConfig config = {.vocab_size = 5, .n_layer = 2, .n_embd = 8, .n_head = 2};
    const Gpt gpt(config, [&] { return random.gauss(0, 0.3); });
    SlowReader reader(gpt);
    Gpt::Context context = gpt.empty_context();
    for (const Index token : {4U, 0U, 3U, 3U}) {
        const Vector logits = gpt(token, context);
        const TokenSeen seen = reader.read(token);
        CHECK(std::ranges::equal(seen.logits.data(), logits.data()));
        CHECK(seen.stream.size() == 5);
        for (const HeadSeen& head : seen.heads[1]) {
            CHECK(sum(head.shares).data() == Approx(1));
            CHECK(std::ranges::equal(softmax(head.scores).data(), head.shares.data()));
        }
    }
    CHECK_THROWS_AS(reader.read(5), std::invalid_argument);
}

TEST_CASE("page: the model says the same of the next letter as its engine does", "[page]") {
    Page page;
    CHECK(page.ask({{"ask", "next"}}).contains("refused"));
    page.ask({{"ask", "begin"}, {"steps", 5}});
    page.ask({{"ask", "train"}, {"steps", 5}});
    const json next = page.ask({{"ask", "next"}, {"prompt", "ma"}});
    CHECK(next["letters"].size() == 26);
    CHECK(next["shares"].size() == 27);
    const json read = page.ask({{"ask", "read"}, {"text", "ma"}});
    CHECK(read["positions"].size() == 3);
    CHECK(read["positions"][2]["heads"].size() == 4);
    CHECK(read["positions"][2]["heads"][0]["shares"].size() == 3);
    CHECK(read["positions"][2]["says"][2] == next["shares"]);
    CHECK(page.ask({{"ask", "read"}, {"text", "M"}})["refused"] ==
          "the prompt: the character 'M' is not in the data: leave it out");
}

TEST_CASE("page: a name that is in the text is marked", "[page]") {
    Page page;
    page.ask({{"ask", "begin"}, {"steps", 1}, {"name", "mine.txt"}}, "a\nb\naa\nab\nba\nbb\n");
    const json said = page.ask({{"ask", "names"}, {"count", 40}, {"aside", true}});
    const std::set<std::string> mine = {"a", "b", "aa", "ab", "ba", "bb"};
    for (std::size_t i = 0; i < 40; ++i) {
        CHECK(said["known"][i] == mine.contains(said["names"][i].get<std::string>()));
    }
}

// ---- The plain C, and what stands in for a library

TEST_CASE("page: a question and its bytes go through plain C", "[page]") {
    std::thread([] {  // which has a Tape of its own
        const std::string text = "anna\nbob\n";
        text.copy(microgpt_give(text.size()), text.size());
        CHECK(json::parse(microgpt_ask(R"({"ask":"begin","name":"mine.txt"})"))["docs"] == 2);
        const json kept = json::parse(microgpt_ask(R"({"ask":"keep"})"));
        CHECK(kept["size"] == microgpt_size());
        CHECK(from_bytes({microgpt_take(), microgpt_size()}).data.name == "mine.txt");
    })
        .join();
}

TEST_CASE("page: the stand-in's white space is utf8proc's", "[page]") {
    for (char32_t code = 1; code < 0x30000; ++code) {
        if (code >= 0xD800 && code < 0xE000) continue;
        std::string one;
        if (code < 0x80) {
            one = {static_cast<char>(code)};
        } else if (code < 0x800) {
            one = {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 63))};
        } else if (code < 0x10000) {
            one = {static_cast<char>(0xE0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 63)),
                   static_cast<char>(0x80 | (code & 63))};
        } else {
            one = {
                static_cast<char>(0xF0 | code >> 18), static_cast<char>(0x80 | (code >> 12 & 63)),
                static_cast<char>(0x80 | (code >> 6 & 63)), static_cast<char>(0x80 | (code & 63))};
        }
        const std::string text = one + "x";
        const bool is_taken_away = documents(text, "text").front() == "x";
        if (is_taken_away != is_white(static_cast<utf8proc_int32_t>(code)))
            FAIL_CHECK(static_cast<std::uint32_t>(code));
        utf8proc_int32_t read = -1;
        const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(one.data());
        utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(one.size()), &read);
        if (read != static_cast<utf8proc_int32_t>(code))
            FAIL_CHECK(static_cast<std::uint32_t>(code));
    }
}
