// Four heads at work, with trained numbers: from x to q, k and v, to shares, to mixtures, to out.
#include <algorithm>
#include <cmath>

#include "looks_back.hpp"
#include "pictures.hpp"
#include "plot/bars.hpp"
#include "plot/diagram.hpp"
#include "plot/labels.hpp"

namespace microgpt::pictures {

namespace {

using plot::Anchor;
using plot::Svg;

constexpr double left = 66;  // of every strip; what it is stands before it
constexpr double cell = 17;
constexpr double height = 22;
constexpr double gap = 6;  // between heads
constexpr Index head_dim = 4;

/// Where number i of sixteen stands; between heads, if they are cut into these, there is a gap.
double at(Index i, bool cut = true) {
    const Index head = i / head_dim;
    return left + cell * i + gap * (cut ? head : 1.5);
}
double middle_of_head(Index h) { return (at(h * head_dim) + at(h * head_dim + 3) + cell) / 2; }

constexpr double row_end = left + 16 * cell + 3 * gap;

/// Sixteen numbers: the larger, the stronger, and a minus where one is negative.
void draw_numbers(Svg& svg, double y, Vector numbers, const char* name, bool cut) {
    double largest = 0;
    for (const double number : numbers.data()) largest = std::max(largest, std::fabs(number));
    for (Index i = 0; i < numbers.size(); ++i) {
        const double number = numbers.data()[i];
        const double shade = std::fabs(number) / largest;
        svg.path(plot::step('M', {at(i, cut), y}) + "h16v" + plot::number(height) + "h-16z",
                 "fill shade", 0.08 + 0.92 * shade);
        if (number < 0) {
            svg.text({at(i, cut) + 8, y + 16}, "−", shade > 0.7 ? "on-shade" : "on-tint",
                     Anchor::middle);
        }
    }
    svg.text({left - 8, y + 16}, name, "strong", Anchor::end);
}

void draw_down(Svg& svg, double from, double to, const char* name) {
    for (Index h = 0; h < looks_back_heads; ++h) {
        plot::draw_arrow(svg, {{middle_of_head(h), from}, {middle_of_head(h), to}}, "soft");
    }
    svg.text({left - 8, (from + to) / 2 + 5}, name, "soft", Anchor::end);
}

/// For each head, a bar for every position that it can listen to.
void draw_shares(Svg& svg, double y, const std::vector<std::string>& letters,
                 const std::vector<Vector>& shares) {
    constexpr double line = 20;
    for (Index h = 0; h < looks_back_heads; ++h) {
        const double x = at(h * head_dim);
        for (std::size_t t = 0; t < letters.size(); ++t) {
            const double share = shares[h].data()[t];
            const double top = y + line * static_cast<double>(t);
            svg.text({x + 5, top + 15}, letters[t], "strong", Anchor::middle);
            plot::draw_bar(svg, {x + 14, top + 3}, 20 * share, 14, "blue");
            svg.text({x + 17 + 20 * share, top + 15}, plot::percent(share), "");
        }
    }
    svg.text({left - 8, y + 2 * line + 5}, "shares", "strong", Anchor::end);
}

}  // namespace

std::string heads_picture() {
    Tape tape;
    const TrainedToLookBack trained;
    const LooksBack& network = trained.network;
    const Attention& attention = network.attention;
    KvCache cache(looks_back_heads);
    const std::vector<Index> tokens = trained.tokenizer.encode("emm");
    std::vector<std::string> letters;
    for (Index position = 0; position + 1 < tokens.size(); ++position) {
        const bool is_start = tokens[position] == trained.tokenizer.bos();
        letters.push_back(is_start ? "·" : trained.tokenizer.character(tokens[position]));
        attention(network.embed(tokens[position], position), cache);
    }
    const Vector x = network.embed(tokens[3], 3);
    const std::vector<Vector> shares = network.shares(x, cache);
    std::vector<Vector> mixtures;
    for (Index h = 0; h < looks_back_heads; ++h)
        mixtures.push_back(mix(shares[h], cache.values(h)));
    const Vector found = concatenate(mixtures);

    Svg svg(
        356, 470, "Four heads at work",
        "From top to bottom, for the second m of emma: the sixteen numbers of x; the query that "
        "wq makes of them, cut into four heads; for each head the shares of the four positions, "
        "of which the e has 94 percent in head 2; the mixtures of the values in these shares, "
        "four numbers a head; and the sixteen numbers that wo makes of all of them.");
    const double centre = (left + row_end) / 2;
    svg.text({left, 14}, "position 3, the second m", "soft");
    for (Index h = 0; h < looks_back_heads; ++h) {
        svg.text({middle_of_head(h), 102}, "head " + std::to_string(h + 1), "soft", Anchor::middle);
    }
    draw_numbers(svg, 24, x, "x", false);
    plot::draw_arrow(svg, {{centre, 50}, {centre, 88}}, "soft");
    svg.text({left - 8, 74}, "W_q ·", "soft", Anchor::end);
    draw_numbers(svg, 110, linear(x, attention.wq), "q", true);
    draw_down(svg, 136, 172, "keys ·");
    draw_shares(svg, 176, letters, shares);
    draw_down(svg, 260, 296, "· values");
    draw_numbers(svg, 300, found, "mixed", true);
    for (Index h = 0; h < looks_back_heads; ++h) {
        svg.line({middle_of_head(h), 326}, {middle_of_head(h), 342}, "line soft");
    }
    svg.line({middle_of_head(0), 342}, {middle_of_head(3), 342}, "line soft");
    plot::draw_box(svg, {centre, 373}, 190, 30, {"W_o mixes the heads"}, "orange");
    plot::draw_arrow(svg, {{centre, 342}, {centre, 358}}, "soft");
    plot::draw_arrow(svg, {{centre, 388}, {centre, 414}}, "soft");
    draw_numbers(svg, 418, linear(found, attention.wo), "out", false);
    svg.text({left, 462}, "added to x, and read off by lm_head", "soft");
    return svg.str();
}

}  // namespace microgpt::pictures
