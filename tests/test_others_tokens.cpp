// Others' tokens: the merges and the tokens of Hugging Face's tokenizers and of tiktoken are ours.
#include <utf8proc.h>

#include <cstdlib>
#include <iterator>
#include <sstream>

#include "catch.hpp"
#include "microgpt/data/dataset.hpp"
#include "microgpt/files/file.hpp"
#include "microgpt/files/save.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/tokens/bpe_encoder.hpp"
#include "microgpt/tokens/bpe_trainer.hpp"
#include "microgpt/tokens/tiktoken_ranks.hpp"
#include "microgpt/tokens/tokenizer_json.hpp"
#include "temporary.hpp"

using namespace microgpt;
using Numbers = std::vector<Index>;

namespace {

const std::string book = read_file(MICROGPT_SOURCE_DIR "/data/this-book.txt");

std::string python() {
    const char* chosen = std::getenv("MICROGPT_PYTHON");
    return chosen != nullptr ? chosen : "python3";
}

bool has_others() {
    if (std::system((python() + " -c 'import tokenizers, tiktoken' 2> /dev/null").c_str()) == 0) {
        return true;
    }
    WARN("SKIPPED: " << python() << " has no tokenizers and tiktoken");
    return false;
}

/// The numbers on each line of what tests/others_tokens.py prints.
std::vector<Numbers> others(const TemporaryDirectory& folder, const std::string& arguments) {
    const std::string out = folder.path() / "out.txt";
    REQUIRE(std::system((python() + " " MICROGPT_SOURCE_DIR "/tests/others_tokens.py " + arguments +
                         " > " + out)
                            .c_str()) == 0);
    std::vector<Numbers> all;
    std::istringstream lines(read_file(out));
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        all.push_back({std::istream_iterator<Index>(words), {}});
    }
    return all;
}

// ---- Strings of all of Unicode

std::string utf8(std::uint32_t code) {
    const auto rest = [&](int shift) { return static_cast<char>(0x80 | (code >> shift & 0x3F)); };
    if (code < 0x80) return {static_cast<char>(code)};
    if (code < 0x800) return {static_cast<char>(0xC0 | code >> 6), rest(0)};
    if (code < 0x10000) return {static_cast<char>(0xE0 | code >> 12), rest(6), rest(0)};
    return {static_cast<char>(0xF0 | code >> 18), rest(12), rest(6), rest(0)};
}

/// Of what our tables know as a character: a library with younger ones may take the rest for
/// letters.
std::vector<std::string> random_strings(std::size_t count) {
    const std::pair<int, int> ranges[] = {
        {0, 0x7F},        {0, 0x2FF},         {0x300, 0x36F},   {0x370, 0x5FF},
        {0x2000, 0x206F}, {0x3000, 0x30FF},   {0x4E00, 0x4EFF}, {0xAC00, 0xACFF},
        {0, 0xD7FF},      {0x1F300, 0x1F6FF}, {0xE000, 0xFFFF}, {0x10000, 0x10FFFF}};
    const std::vector<std::string> often = {" ", "  ", "\n", "'s", "'ll", " the", "\t\n ", "12"};
    Random random(1);
    const auto below = [&](std::size_t n) {
        return static_cast<std::size_t>(random.random() * static_cast<double>(n));
    };
    std::vector<std::string> strings;
    while (strings.size() < count) {
        std::string text;
        for (std::size_t i = below(40); i > 0; --i) {
            const auto [first, last] = ranges[below(std::size(ranges))];
            const auto code =
                first + static_cast<int>(below(static_cast<std::size_t>(last - first)));
            if (below(2) == 0) {
                text += often[below(often.size())];
            } else if (utf8proc_category(code) != UTF8PROC_CATEGORY_CN) {
                text += utf8(static_cast<std::uint32_t>(code));
            }
        }
        strings.push_back(text);
    }
    return strings;
}

/// What others fell over.
const std::vector<std::string> traps = {"",
                                        "a",
                                        " ",
                                        "  ",
                                        std::string(1, '\0'),
                                        std::string("a\0b", 3),
                                        "'",
                                        "''s",
                                        "it's",
                                        " 's",
                                        "\n\n\n a",
                                        "a \n",
                                        std::string(3000, 'a'),
                                        std::string(3000, ' '),
                                        "<|endoftext|>",
                                        "e\u0301",
                                        "\u00A0 x",
                                        "\u3000\u3000y",
                                        "IT'S",
                                        "x\u2028y",
                                        "\U0001F468\u200D\U0001F469\u200D\U0001F467"};

std::string hexadecimal(const std::string& text) {
    std::string digits;
    for (const char byte : text) {
        char two[3];
        std::snprintf(two, sizeof two, "%02x", static_cast<unsigned char>(byte));
        digits += two;
    }
    return digits;
}

void check_merges(const std::string& text, bool lines, Index vocab_size) {
    const TemporaryDirectory folder;
    const std::string file = folder.path() / "text.txt";
    write_file(file, text);
    const auto theirs = others(
        folder, "merges " + file + (lines ? " lines " : " whole ") + std::to_string(vocab_size));
    const Bpe bpe =
        train_bpe(lines ? documents(text, "it") : std::vector<std::string_view>{text}, vocab_size);
    std::vector<Numbers> ours;
    for (const auto& [left, right, whole] : bpe.merges()) ours.push_back({left, right, whole});
    INFO(vocab_size);
    CHECK(ours.size() + 256 >= vocab_size);
    CHECK((ours == theirs));
}

}  // namespace

TEST_CASE("the merges are those of Hugging Face's tokenizers", "[tokens]") {
    if (!has_others()) return;
    std::string mixed = book + read_file(MICROGPT_SOURCE_DIR "/tests/test_others_tokens.cpp");
    for (const std::string& text : random_strings(2000)) mixed += text;
    for (const Index vocab_size : {300, 512, 4096}) {
        check_merges(load_dataset().text, true, vocab_size);
        check_merges(book, false, vocab_size);
        check_merges(mixed, false, vocab_size);
    }
}

TEST_CASE("the tokens of any text are those of tokenizers and of tiktoken", "[tokens]") {
    if (!has_others()) return;
    const TemporaryDirectory folder;
    std::vector<std::string> strings = random_strings(10'000);
    strings.insert(strings.end(), traps.begin(), traps.end());
    for (const Index vocab_size : {300, 4096}) {
        const Bpe bpe = train_bpe({book}, vocab_size);
        const std::string ranks = bpe_to_ranks(bpe);
        std::string lines;
        for (const std::string& text : strings) lines += hexadecimal(text) + "\n";
        write_file(folder.path() / "t.json", bpe_to_json(bpe));
        write_file(folder.path() / "t.ranks", ranks);
        write_file(folder.path() / "strings", lines);
        const std::string here = " " + folder.path().string() + "/";
        const auto theirs =
            others(folder, "encode" + here + "t.json" + here + "t.ranks" + here + "strings");
        const Bpe by_ranks = bpe_from_ranks(ranks, "it");
        BpeEncoder one(bpe);
        BpeEncoder other(by_ranks);
        REQUIRE(theirs.size() == 2 * strings.size());
        std::size_t differ = 0;
        for (std::size_t i = 0; i < strings.size(); ++i) {
            const bool same = one.encode(strings[i]) == theirs[2 * i] &&
                              other.encode(strings[i]) == theirs[2 * i + 1];
            if (same) continue;
            ++differ;
            UNSCOPED_INFO(hexadecimal(strings[i]));
        }
        CHECK(differ == 0);
    }
}
