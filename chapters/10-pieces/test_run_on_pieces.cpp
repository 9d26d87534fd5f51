// Runs on pieces: learned, kept, taken up again, and read from a text that goes on.
#include <algorithm>
#include <set>

#include "catch.hpp"
#include "microgpt/data/windows.hpp"
#include "microgpt/files/file.hpp"
#include "microgpt/run/engines.hpp"
#include "microgpt/run/evaluation.hpp"
#include "microgpt/tokens/bpe_encoder.hpp"
#include "microgpt/tokens/bpe_trainer.hpp"
#include "microgpt/tokens/piece_vocabulary.hpp"
#include "temporary.hpp"

using namespace microgpt;

namespace {

const std::string book = read_file(THIS_BOOK).substr(0, 20'000);

const Settings small = {.steps = 12, .n_embd = 8, .n_head = 2, .block_size = 8, .tokens = 300};

Settings streamed(Settings settings = small) {
    settings.stream = true;
    settings.held_out = 0.1;
    return settings;
}

Dataset dataset(const std::string& text = book) { return {"book.txt", text, ""}; }

Run run_of(const Settings& settings, const std::string& text = book) {
    return Run(engine_kind(), settings, dataset(text), pieces_or_characters());
}

/// A run that is saved after some steps and goes on from the bytes.
std::string stopped_after(const Settings& settings, Index steps) {
    Run run = run_of(settings);
    run.train([&](Index step, double) { return step < steps; });
    const Checkpoint read = from_bytes(to_bytes(run.checkpoint()));
    Run again(engine_kind(), read, pieces_or_characters());
    const TemporaryDirectory folder;
    write_file(folder.path() / "book.txt", book);
    again.load({.file = folder.path() / "book.txt"});
    again.train();
    return to_bytes(again.checkpoint());
}

std::string whole(const std::vector<std::string_view>& windows) {
    std::string text;
    for (const std::string_view window : windows) text += window;
    return text;
}

}  // namespace

// ---- Pieces

TEST_CASE("a run reads pieces that it has learned from what it is trained on", "[ch10][run]") {
    const std::string text = "anna\nhanna\nhannah\nian\nbert\nbertha\n";
    const Run run = run_of({.held_out = 0.3, .tokens = 259}, text);
    const auto training = run.corpus().training();
    const Bpe learned = train_bpe({training.begin(), training.end()}, 259);
    CHECK(run.tokenizer().characters() == learned.tokens());
    CHECK(run.tokenizer().vocab_size() == 260);  // and BOS
    CHECK(run.tokenizer().decode(run.tokenizer().tokens("hannah")) == "hannah");
    CHECK(run.tokenizer().tokens("日本\n").size() > 1);  // whatever the text was
}

TEST_CASE("the same names are held out of a run on letters and of one on pieces", "[ch10][run]") {
    const std::string text = "anna\nhanna\nhannah\nian\nbert\nbertha\n";
    const auto held_out = [&](Index tokens) {
        const Run run = run_of({.held_out = 0.5, .tokens = tokens}, text);
        std::set<std::string> names;
        for (const auto doc : run.corpus().held_out()) names.emplace(doc);
        return names;
    };
    CHECK(held_out(0) == held_out(258));
}

TEST_CASE("a run on pieces that is stopped and taken up again is the run that was not stopped",
          "[ch10][run]") {
    for (const Settings& settings : {small, streamed()}) {
        Run run = run_of(settings);
        run.train();
        const std::string bytes = to_bytes(run.checkpoint());
        CHECK(stopped_after(settings, 5) == bytes);
        CHECK(from_bytes(bytes).vocabulary == run.vocabulary());
    }
}

TEST_CASE("a vocabulary is read as it was written, and no other", "[ch10][run]") {
    const Bpe bpe = train_bpe({book}, 400);
    const Vocabulary good = vocabulary_of(bpe);
    CHECK(bpe_of(good).tokens() == bpe.tokens());
    CHECK(bpe_of(good).merges() == bpe.merges());
    const auto refused = [&](auto change) {
        Vocabulary changed = good;
        change(changed);
        CHECK_THROWS_AS(bpe_of(changed), DataError);
    };
    refused([](Vocabulary& v) { v.merges.pop_back(); });
    refused([](Vocabulary& v) { std::swap(v.merges[0], v.merges[1]); });
    refused([](Vocabulary& v) { v.merges[0] = "日 a"; });
    refused([](Vocabulary& v) { v.merges[0] = "ab"; });
    refused([](Vocabulary& v) { v.merges[0] = v.merges[90]; });
    refused([](Vocabulary& v) { v.tokens[0] = "a"; });
    refused([](Vocabulary& v) { v.tokens.pop_back(); });
}

TEST_CASE("a model of pieces is refused where only characters are known", "[ch10][run]") {
    const Checkpoint checkpoint = run_of(small).checkpoint();
    CHECK_THROWS_WITH(Run(engine_kind(), checkpoint), ContainsSubstring("characters alone"));
    Checkpoint letters = Run(engine_kind(), {.steps = 1}, dataset()).checkpoint();
    letters.vocabulary.merges = {"a b"};
    CHECK_THROWS_WITH(from_bytes(to_bytes(letters)), ContainsSubstring("not an alphabet"));
}

TEST_CASE("a checkpoint of pieces that is cut short or changed is refused", "[ch10][run]") {
    const std::string bytes = to_bytes(run_of(small).checkpoint());
    for (std::size_t at = 0; at < bytes.size(); at += 997) {
        CHECK_THROWS_AS(from_bytes(bytes.substr(0, at)), FormatError);
        std::string flipped = bytes;
        flipped[at] ^= 4;
        CHECK_THROWS_AS(from_bytes(flipped), FormatError);
    }
}

TEST_CASE("fewer tokens than bytes are no vocabulary", "[ch10][run]") {
    CHECK_THROWS_WITH(run_of({.tokens = 255}), ContainsSubstring("choose 256 or more"));
}

TEST_CASE("letters are what they were: a checkpoint says nothing of pieces", "[ch10][run]") {
    const std::string bytes = to_bytes(run_of({.steps = 1}).checkpoint());
    for (const char* word : {"\"tokens\\\"", "\"merges", "\"stream"}) {
        CHECK(bytes.find(word) == std::string::npos);
    }
}

// ---- A text that goes on

TEST_CASE("windows follow one another, each of block_size tokens", "[ch10][windows]") {
    for (const Index tokens : {0, 300}) {
        Settings settings = streamed();
        settings.tokens = tokens;
        settings.held_out = 0;
        const Tokenizer tokenizer = run_of(settings).tokenizer();
        const auto all = windows(book, tokenizer, 8);
        CHECK(whole(all) == book);
        for (std::size_t i = 0; i + 1 < all.size(); ++i) {
            CHECK(tokenizer.encode(all[i], 9).size() == 9);
            CHECK(tokenizer.tokens(all[i]).size() == 8);
        }
    }
}

TEST_CASE("of a text without spaces windows are cut as fast as of another", "[ch10][windows]") {
    const Bpe bpe = train_bpe({"aaaaaaaa"}, 258);
    const Tokenizer tokenizer =
        pieces_or_characters().tokenizer(vocabulary_of(bpe), {.tokens = 258});
    CHECK(windows(std::string(1'000'000, 'a'), tokenizer, 8).size() == 31'250);
}

TEST_CASE("a stream is read once before any of it is read again, in an order that is drawn",
          "[ch10][windows]") {
    Settings settings = streamed();
    settings.held_out = 0;
    const Run run = run_of(settings);
    std::vector<std::string_view> read(run.corpus().docs());
    CHECK(whole(read) != book);
    std::ranges::sort(read, {}, [](std::string_view window) { return window.data(); });
    CHECK(whole(read) == book);
    settings.seed = 43;
    CHECK(run_of(settings).corpus().docs()[0].data() - run_of(settings).corpus().docs()[1].data() !=
          run.corpus().docs()[0].data() - run.corpus().docs()[1].data());
}

TEST_CASE("what is held out of a stream is its end, from a line's beginning on",
          "[ch10][windows]") {
    const std::string text = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n";
    CHECK(text.substr(end_of_training(text, 0.3)) == "six\nseven\n");
    CHECK(text.substr(end_of_training(text, 0.99)).starts_with("two"));
    CHECK(end_of_training(text, 0.0001) == text.size() - 6);
    CHECK(end_of_training("one\ntwo three", 0.1) == 4);  // where the last line has no end
    CHECK(end_of_training(text, 0) == text.size());
    CHECK_THROWS_WITH(end_of_training("a single line\n", 0.5), ContainsSubstring("single line"));
    CHECK_THROWS_WITH(end_of_training("a single line", 0.5), ContainsSubstring("single line"));
    for (const Index tokens : {0, 300}) {
        Settings settings = streamed();
        settings.tokens = tokens;
        const Run run = run_of(settings);
        std::vector<std::string_view> held_out(run.corpus().held_out().begin(),
                                               run.corpus().held_out().end());
        CHECK(whole(held_out) == book.substr(end_of_training(book, 0.1)));
    }
}

TEST_CASE("an evaluation of a stream counts each byte, of letters and of pieces",
          "[ch10][windows]") {
    const std::size_t bytes = book.size() - end_of_training(book, 0.1);
    for (const Index tokens : {0, 300}) {
        Settings settings = streamed();
        settings.tokens = tokens;
        const Run run = run_of(settings);
        const Evaluation held_out = evaluate(run, spellings_of(run, 0).unread, 4);
        CHECK(held_out.bytes >= static_cast<double>(bytes));
        CHECK(held_out.bytes <= static_cast<double>(bytes) + 1);  // and the end
    }
}
