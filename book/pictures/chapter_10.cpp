// The pictures of chapter 10: merges, a sentence in pieces, and what a vocabulary costs and buys.
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>

#include "microgpt/files/file.hpp"
#include "microgpt/tokens/bpe_encoder.hpp"
#include "microgpt/tokens/bpe_trainer.hpp"
#include "pictures.hpp"
#include "plot/labels.hpp"
#include "plot/svg.hpp"

namespace microgpt::pictures {

namespace {

using plot::Anchor;
using plot::Point;
using plot::Svg;

const std::string root = MICROGPT_SOURCE_DIR;

// ---- Boxes, one for each token

/// A token's text with its space made visible.
std::string seen(const std::string& token) {
    return token.starts_with(' ') ? "·" + token.substr(1) : token;
}

/// The tokens of a text side by side, `letter` pixels for each byte. Those of several letters are
/// coloured.
void draw_tokens(Svg& svg, Point corner, const Bpe& bpe, const std::string& text, double letter) {
    for (const Index id : BpeEncoder(bpe).encode(text)) {
        const std::string token = seen(bpe.tokens()[id]);
        const double width = letter * static_cast<double>(bpe.tokens()[id].size());
        const bool is_whole = bpe.tokens()[id].size() > 1;
        svg.rect({corner.x + 1, corner.y}, width - 2, 24,
                 is_whole ? "line card blue" : "line card soft");
        svg.text({corner.x + width / 2, corner.y + 17}, token, is_whole ? "blue" : "",
                 Anchor::middle);
        corner.x += width;
    }
}

// ---- Three merges

std::string merges_picture() {
    const std::vector<std::string_view> names = {"anna", "hanna", "hannah", "ian"};
    Svg svg(540, 152, "Three merges",
            "Four names, anna, hanna, hannah and ian, in four rows. First each letter has a box of "
            "its own, eighteen in all. Then a and n share one, four times; then n and a, three "
            "times; then an and na become anna. Eight boxes are left.");
    for (Index merges = 0; merges <= 3; ++merges) {
        const Bpe bpe = train_bpe(names, 256 + merges);
        const double y = 8 + 37.0 * merges;
        svg.text({0, y + 17}, merges == 0 ? "letters" : bpe.tokens().back(), "soft");
        double x = 72;
        for (const std::string_view name : names) {
            draw_tokens(svg, {x, y}, bpe, std::string(name), 22);
            x += 22 * static_cast<double>(name.size()) + 20;
        }
    }
    return svg.str();
}

// ---- A sentence, cut by more and more tokens

std::string sentence_picture() {
    const std::string book = read_file(root + "/data/this-book.txt");
    const std::string sentence = "a tokenizer learns words";
    Svg svg(540, 196, "A sentence, cut by more and more tokens",
            "The words a tokenizer learns words in five rows. With 256 tokens each letter stands "
            "alone; with 300 some pairs are joined; with 512 and 1024 parts of words, and with "
            "4096 whole words, each with the space before it.");
    double y = 8;
    for (const Index size : {256, 300, 512, 1024, 4096}) {
        svg.text({0, y + 17}, std::to_string(size), "soft");
        draw_tokens(svg, {48, y}, train_bpe({book}, size), sentence, 20.4);
        y += 38;
    }
    return svg.str();
}

// ---- What was measured

nlohmann::json measured(const std::string& text) {
    return nlohmann::json::parse(std::ifstream(root + "/bench/vocabularies.json")).at(text);
}

double mean(const std::vector<double>& numbers) {
    return std::accumulate(numbers.begin(), numbers.end(), 0.0) /
           static_cast<double>(numbers.size());
}

/// One text: for each vocabulary its ten runs as dots and their mean as a line.
void draw_bits(Svg& svg, Point corner, const std::string& text, const std::string& title,
               double low, double high, const std::string& color) {
    constexpr double width = 200;
    constexpr double height = 190;
    const auto at = [&](std::size_t place, double bits) {
        return Point{corner.x + 14 + (width - 28) * static_cast<double>(place) / 6,
                     corner.y + height - height * (bits - low) / (high - low)};
    };
    svg.text({corner.x, corner.y - 14}, title, "strong " + color);
    for (int fourth = 0; fourth <= 4; ++fourth) {
        const double tick = low + fourth * (high - low) / 4;
        const double y = at(0, tick).y;
        svg.line({corner.x, y}, {corner.x + width, y}, "line rule");
        svg.text({corner.x - 6, y + 5}, plot::fixed_number(tick, 2), "soft", Anchor::end);
    }
    std::vector<Point> line;
    std::size_t place = 0;
    for (const nlohmann::json& row : measured(text)) {
        const auto bits = row.at("bits").get<std::vector<double>>();
        for (const double one : bits) svg.circle(at(place, one), 2, "fill faint " + color);
        line.push_back(at(place, mean(bits)));
        const auto tokens = row.at("tokens").get<unsigned>();
        const std::string name = tokens == 0 ? "letters" : std::to_string(tokens);
        if (place % 2 == 0) {
            svg.text({line.back().x, corner.y + height + 20}, name, "soft", Anchor::middle);
        }
        ++place;
    }
    svg.polyline(line, "line bold " + color);
    for (const Point& point : line) svg.circle(point, 4, "fill " + color);
}

std::string bits_picture() {
    Svg svg(540, 284, "Bits per byte, letters against pieces",
            "Two charts of the bits per byte on text that was held out, against the size of the "
            "vocabulary, ten runs each, all of equal time. On names letters are best, and the more "
            "pieces there are the worse it is. On the book it falls from letters to 2048 pieces, "
            "and with 4096 rises again.");
    draw_bits(svg, {44, 36}, "names", "names.txt", 3.1, 3.7, "orange");
    draw_bits(svg, {322, 36}, "book", "this book", 2.0, 3.0, "blue");
    svg.text({270, 278}, "→ size of the vocabulary   ↑ bits per byte", "soft", Anchor::middle);
    return svg.str();
}

}  // namespace

std::vector<Picture> chapter_10() {
    return {{"10-merges.svg", merges_picture},
            {"10-sentence.svg", sentence_picture},
            {"10-bits.svg", bits_picture}};
}

}  // namespace microgpt::pictures
