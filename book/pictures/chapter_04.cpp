// The pictures of chapter 4, among them a look-up by hand and the KV cache.
#include "microgpt/model/attention.hpp"
#include "microgpt/random/random.hpp"
#include "pictures.hpp"
#include "plot/bars.hpp"
#include "plot/diagram.hpp"
#include "plot/labels.hpp"

namespace microgpt::pictures {

namespace {

using plot::Anchor;
using plot::Point;
using plot::Svg;

// ---- A look-up by hand: scores, shares and a mixture

std::string pair_of(Vector x) {
    return "(" + plot::number(x[0].data()) + ", " + plot::number(x[1].data()) + ")";
}

/// The same with four decimals, as the text has them.
std::string exact_pair_of(Vector x) {
    return "(" + plot::fixed_number(x[0].data(), 4) + ", " + plot::fixed_number(x[1].data(), 4) +
           ")";
}

/// What the score of a key is the sum of: "1·1 + 2·1 = 3".
std::string sum_of_products(Vector query, Vector key, Value score) {
    std::string text;
    for (Index i = 0; i < query.size(); ++i) {
        text += (i > 0 ? " + " : "") + plot::number(query[i].data()) + "·" +
                plot::number(key[i].data());
    }
    return text + " = " + plot::number(score.data());
}

void card(Svg& svg, Point centre, double width, const std::string& text, const char* style,
          const char* border = "line card soft") {
    svg.rect({centre.x - width / 2, centre.y - 16}, width, 32, border);
    svg.text({centre.x, centre.y + 5}, text, style, Anchor::middle);
}

std::string lookup_picture() {
    Tape tape;
    const Vector query = vector_of({1, 2});
    const std::vector<std::string> letters = {"·", "e", "m", "m"};
    const std::vector<Vector> keys = {vector_of({0, 0}), vector_of({1, 1}), vector_of({1, 0}),
                                      vector_of({0, 0.5})};
    const std::vector<Vector> values = {vector_of({0, 0}), vector_of({1, 0}), vector_of({0, 1}),
                                        vector_of({0, 1})};
    const Vector scores = make_vector(4, [&](Index t) { return dot(query, keys[t]); });
    const Vector shares = softmax(scores);

    constexpr double key = 76;
    constexpr double score = 140;
    constexpr double share = 280;
    constexpr double value = 491;
    constexpr double width = 96;
    Svg svg(540, 344, "A look-up that returns a blend",
            "The query (1, 2) against four keys: the scores are 0, 3, 1 and 1, the shares 4, 76, "
            "10 and 10 percent. The values are added up in these shares and give (0.7573, 0.2050), "
            "mostly the value of e.");
    svg.text({key, 14}, "query", "soft", Anchor::middle);
    card(svg, {key, 42}, width, pair_of(query), "strong orange");
    svg.text({key, 90}, "key", "soft", Anchor::middle);
    svg.text({score, 90}, "query · key", "soft");
    svg.text({share, 90}, "share", "soft");
    svg.text({value, 90}, "value", "soft", Anchor::middle);
    double y = 118;
    for (Index t = 0; t < scores.size(); ++t) {
        const double length = 110 * shares[t].data();
        svg.text({10, y + 5}, letters[t], "strong", Anchor::middle);
        card(svg, {key, y}, width, pair_of(keys[t]), "");
        svg.text({score, y + 5}, sum_of_products(query, keys[t], scores[t]));
        plot::draw_bar(svg, {share, y - 11}, length, 22, "blue");
        svg.text({share + length + 8, y + 5}, plot::percent(shares[t].data()), "strong blue");
        card(svg, {value, y}, width, pair_of(values[t]), "");
        y += 44;
    }
    svg.line({value - width / 2, y - 12}, {value + width / 2, y - 12}, "line soft");
    svg.text({539 - 144 - 12, y + 19}, "the sum of share times value", "soft", Anchor::end);
    card(svg, {539 - 72, y + 14}, 144, exact_pair_of(mix(shares, values)), "strong green");
    return svg.str();
}

// ---- The KV cache while emma is read

std::string cache_picture() {
    const std::vector<std::string> letters = {"·", "e", "m", "m", "a"};
    constexpr Index n_embd = 16;
    constexpr Index n_head = 4;
    constexpr double first = 156;  // the middle of the cache's first position
    constexpr double pitch = 66;
    Svg svg(540, 332, "The KV cache while reading emma",
            "A row for each position. Each adds one key and one value to the cache, in a bold "
            "frame, and its query meets the keys of all positions up to its own. What comes later "
            "is not there yet. At 16 numbers a key and 16 a value, 160 numbers are kept in the "
            "end.");
    svg.text({first - 30, 14}, "cache: a key k and a value v for each position", "soft");
    svg.text({540, 38}, "numbers kept", "soft", Anchor::end);
    Tape tape;
    Random random(42);
    const auto draw = [&] { return random.gauss(0, 1); };
    const Attention attention(n_embd, n_head, draw);
    KvCache cache(n_head);
    for (std::size_t row = 0; row < letters.size(); ++row) {
        const double y = 70 + 58 * static_cast<double>(row);
        attention(make_vector(n_embd, [&](Index) { return Value(draw()); }), cache);
        svg.text({10, y + 5}, letters[row], "strong", Anchor::middle);
        svg.text({first + pitch * static_cast<double>(row), 38}, letters[row], "strong",
                 Anchor::middle);
        card(svg, {66, y}, 60, "query", "strong orange");
        plot::draw_arrow(svg, {{98, y}, {first - 34, y}}, "orange");
        std::size_t numbers = 0;
        for (Index t = 0; t < cache.size(); ++t) {
            const bool added = t + 1 == cache.size();
            card(svg, {first + pitch * t, y}, 58, "k, v", added ? "strong blue" : "",
                 added ? "line bold blue" : "line card soft");
            for (Index h = 0; h < n_head; ++h) {
                numbers += cache.keys(h)[t].size() + cache.values(h)[t].size();
            }
        }
        svg.text({540, y + 5}, std::to_string(numbers), "", Anchor::end);
    }
    return svg.str();
}

}  // namespace

std::vector<Picture> chapter_04() {
    return {{"04-lookup.svg", lookup_picture}, {"04-scale.svg", scale_picture},
            {"04-cache.svg", cache_picture},   {"04-gradient.svg", gradient_picture},
            {"04-mask.svg", mask_picture},     {"04-heads.svg", heads_picture}};
}

}  // namespace microgpt::pictures
