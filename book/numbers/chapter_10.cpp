// The figures that chapter 10 says: counted here, and measured by bench-vocabularies.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <numeric>

#include "microgpt/files/file.hpp"
#include "microgpt/run/corpus.hpp"
#include "microgpt/tokens/bpe_encoder.hpp"
#include "microgpt/tokens/bpe_trainer.hpp"
#include "microgpt/tokens/byte_letters.hpp"
#include "numbers.hpp"

namespace microgpt::book {

namespace {

const std::string root = MICROGPT_SOURCE_DIR "/";

// ---- Three merges with a pencil

std::size_t tokens_of(const Bpe& bpe, const std::vector<std::string_view>& texts) {
    std::size_t count = 0;
    for (const std::string_view text : texts) count += BpeEncoder(bpe).encode(text).size();
    return count;
}

void pencil(Numbers& numbers) {
    const std::vector<std::string_view> names = {"anna", "hanna", "hannah", "ian"};
    std::vector<std::size_t> counts;
    for (const Index merges : {0, 1, 2, 3, 4}) {
        counts.push_back(tokens_of(train_bpe(names, 256 + merges), names));
    }
    numbers.count("pencil-letters", static_cast<double>(counts[0]));
    numbers.count("pencil-an", static_cast<double>(counts[0] - counts[1]));
    numbers.count("pencil-na", static_cast<double>(counts[1] - counts[2]));
    numbers.count("pencil-tokens", static_cast<double>(counts[3]));
    numbers.count("pencil-fourth", static_cast<double>(counts[3] - counts[4]));
    numbers.count("bytes-only-tokens",
                  static_cast<double>(tokens_of(train_bpe({}, 256), {"n\u00E9"})));
    numbers.count("bytes-unseen", 256 - 94 - 94);
}

// ---- This book

void this_book(Numbers& numbers) {
    const std::string book = read_file(root + "data/this-book.txt");
    const auto bytes = static_cast<double>(book.size());
    const auto words = static_cast<double>(std::count(book.begin(), book.end(), ' '));
    numbers.say("book-thousands", "%.0f", bytes / 1000);
    numbers.say("book-words-letters", "%.0f", 64 / (bytes / words));
    for (const Index size : {512, 2048, 4096}) {
        const auto tokens = static_cast<double>(tokens_of(train_bpe({book}, size), {book}));
        numbers.say("book-words-" + std::to_string(size), "%.0f", 64 * words / tokens);
    }
    for (const Index size : {256, 512, 1024, 2048, 4096}) {
        numbers.count("size-" + std::to_string(size), size);
    }
    numbers.count("gpt2-tokens", 256 + 50'000 + 1);
    numbers.say("twice-by-three", "%.2f", 2.0 / 3);
    numbers.count("vocab-512", 513);
}

// ---- What was measured

void measured(Numbers& numbers, const std::string& text) {
    const nlohmann::json results =
        nlohmann::json::parse(std::ifstream(root + "bench/vocabularies.json")).at(text);
    const double ms = results.at(0).at("ms").get<double>();
    numbers.say(text + "-seconds", "%g",
                std::round(ms * results.at(0).at("steps").get<double>() / 10) / 100);
    for (const nlohmann::json& row : results) {
        const auto tokens = row.at("tokens").get<unsigned>();
        if (tokens == 300) continue;  // it is in the picture alone
        const std::string name = tokens == 0 ? "letters" : std::to_string(tokens);
        const auto bits = row.at("bits").get<std::vector<double>>();
        const auto losses = row.at("losses").get<std::vector<double>>();
        const auto n = static_cast<double>(bits.size());
        const double mean = std::accumulate(bits.begin(), bits.end(), 0.0) / n;
        double squares = 0;
        for (const double one : bits) squares += (one - mean) * (one - mean);
        numbers.count(text + "-params-" + name, row.at("parameters"));
        numbers.say(text + "-bytes-" + name, "%.2f", row.at("bytes_a_token"));
        numbers.say(text + "-ms-" + name, "%.2g", row.at("ms"));
        numbers.count(text + "-steps-" + name, row.at("steps"));
        numbers.say(text + "-bits-" + name, "%.3f", mean);
        numbers.say(text + "-spread-" + name, "%.3f", std::sqrt(squares / (n - 1)));
        if (text == "book" || (tokens != 0 && tokens != 512)) continue;
        numbers.say(text + "-loss-" + name, "%.2f",
                    std::accumulate(losses.begin(), losses.end(), 0.0) / n);
    }
}

}  // namespace

void chapter_10(Numbers& numbers) {
    pencil(numbers);
    this_book(numbers);
    const std::string folder = "chapters/10-pieces/";
    numbers.recorded("ranked-names", folder + "output.txt", "  4096 +([0-9.]+)  christo");
    numbers.recorded("unranked-names", folder + "breaks/left-to-right.txt",
                     "  4096 +([0-9.]+)  chri");
    measured(numbers, "names");
    measured(numbers, "book");
}

}  // namespace microgpt::book
