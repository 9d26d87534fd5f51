// Machines: the tree of sums, who holds what, and the two collectives.
#include "microgpt/cluster/exchange_plan.hpp"
#include "pictures.hpp"
#include "plot/diagram.hpp"
#include "plot/labels.hpp"

namespace microgpt::pictures {
namespace {

using plot::Anchor;
using plot::Point;
using plot::Svg;

const char* const rank_colors[] = {"blue", "orange", "green", "purple"};

/// A cell with a word in it; what is not held is an outline.
void draw_cell(Svg& svg, Point corner, double width, double height, const std::string& word,
               const std::string& style) {
    svg.path(plot::step('M', corner) + "h" + plot::number(width) + "v" + plot::number(height) +
                 "h-" + plot::number(width) + "z",
             "line card " + style);
    svg.text({corner.x + width / 2, corner.y + height / 2 + 5}, word, "strong " + style,
             Anchor::middle);
}

// ---- The tree

constexpr std::size_t bundles = 7;
constexpr std::size_t readers = 2;

/// A sum, and where it stands; its color is that of the rank that adds it.
struct Sum {
    Bundles of;
    Point place;
    std::string color;
};

void draw_sum(Svg& svg, const Sum& sum) {
    const std::string first = std::to_string(sum.of.first);
    const std::string last = std::to_string(sum.of.last - 1);
    plot::draw_box(svg, sum.place, 56, 28, {first == last ? first : first + " to " + last},
                   sum.color);
}

/// Adds as the plan says, and draws each sum under the two that it is of.
std::vector<Sum> draw_sums(Svg& svg, const std::vector<Sum>& terms,
                           const std::vector<std::size_t>& merges, const std::string& color) {
    std::vector<Sum> waiting;
    for (std::size_t i = 0; i < terms.size(); ++i) {
        Sum sum = terms[i];
        for (std::size_t merge = 0; merge < merges[i]; ++merge) {
            const Sum left = waiting.back();
            waiting.pop_back();
            const double y = std::max(left.place.y, sum.place.y) + 66;
            const Sum both = {
                {left.of.first, sum.of.last}, {(left.place.x + sum.place.x) / 2, y}, color};
            for (const Point& from : {left.place, sum.place}) {
                svg.line({from.x, from.y + 14}, {both.place.x, y - 14}, "line soft");
            }
            draw_sum(svg, both);
            sum = both;
        }
        waiting.push_back(sum);
    }
    return waiting;
}

}  // namespace

std::string tree_picture() {
    Svg svg(
        540, 296, "The tree of sums",
        "Seven bundles, numbered 0 to 6, in a row. The first rank reads 0 to 2, the second 3 to "
        "6. The first adds 0 and 1, the second 4 and 5, and 6 to these. What is left, 0 to 1, "
        "2, 3 and 4 to 6, is added by whoever owns the parameters: 2 and 3, then the first "
        "half, then all.");
    const ExchangePlan plan = exchange_plan(bundles * bundle_size, Ranks::Counts(readers, 1), 0, 0);
    std::vector<Sum> left;
    for (std::size_t rank = 0; rank < readers; ++rank) {
        std::vector<Sum> own;
        for (std::size_t i = plan.runs[rank].first; i < plan.runs[rank].last; ++i) {
            own.push_back({{i, i + 1}, {32 + 78 * static_cast<double>(i), 52}, rank_colors[rank]});
            draw_sum(svg, own.back());
        }
        svg.text({own.front().place.x - 28, 22}, "read by rank " + std::to_string(rank),
                 std::string("strong ") + rank_colors[rank]);
        const Summation sums = summation(plan.runs[rank], bundles);
        for (const Sum& sum : draw_sums(svg, own, sums.merges, rank_colors[rank]))
            left.push_back(sum);
    }
    draw_sums(svg, left, plan.merges, "purple");
    svg.text({540, 290}, "added by the owner of a share", "strong purple", Anchor::end);
    return svg.str();
}

// ---- Who holds what

std::string holders_picture() {
    constexpr std::size_t ranks = 4;
    constexpr double left = 132;
    constexpr double cell = 23;
    Svg svg(540, 212, "Who holds what, of four ranks",
            "A column for each of four ranks, a row for each thing. Each rank has a quarter of the "
            "names, sums of gradients for all parameters, a quarter of what is added up, a quarter "
            "of Adam's means, and all weights.");
    const std::pair<const char*, bool> things[] = {{"names", false},
                                                   {"its own sums", true},
                                                   {"sums of all", false},
                                                   {"Adam's means", false},
                                                   {"weights", true}};
    double y = 34;
    for (const auto& [name, all] : things) {
        svg.text({0, y + 17}, name);
        for (std::size_t rank = 0; rank < ranks; ++rank) {
            const double x = left + 105 * static_cast<double>(rank);
            if (y < 40) svg.text({x, 14}, "rank " + std::to_string(rank), "strong");
            for (std::size_t share = 0; share < ranks; ++share) {
                const bool has = all || share == rank;
                draw_cell(svg, {x + cell * static_cast<double>(share), y}, cell, 24,
                          has ? std::to_string(share) : "", has ? rank_colors[share] : "rule");
            }
        }
        y += 36;
    }
    return svg.str();
}

// ---- The two collectives

std::string collectives_picture() {
    constexpr std::size_t ranks = 3;
    constexpr double cell = 32;
    Svg svg(540, 176, "The two collectives of a step",
            "Four stages of three ranks. First each rank has its own sums for all three shares of "
            "the parameters. After the exchange each has all three ranks' sums for one share. It "
            "adds them up and takes Adam's step, and has the new weights of that share. After the "
            "gathering each has all weights.");
    const char* const titles[] = {"its own sums", "all sums of one", "new weights", "all weights"};
    const char* const between[] = {"exchange", "Adam", "gather"};
    for (std::size_t stage = 0; stage < 4; ++stage) {
        const double x = 148 * static_cast<double>(stage);
        svg.text({x, 14}, titles[stage], "strong");
        for (std::size_t rank = 0; rank < ranks; ++rank) {
            const double y = 30 + 42 * static_cast<double>(rank);
            for (std::size_t column = 0; column < ranks; ++column) {
                const std::size_t share = stage == 1 || stage == 2 ? rank : column;
                if (stage == 2 && column != rank) continue;
                const std::string from = std::to_string(stage == 0 ? rank : column);
                draw_cell(svg, {x + cell * static_cast<double>(column), y}, cell, 30,
                          stage < 2 ? from : "w", rank_colors[share]);
            }
        }
        if (stage == 3) continue;
        plot::draw_arrow(svg, {{x + 104, 87}, {x + 140, 87}}, "soft");
        svg.text({x + 122, 172}, between[stage], "soft", Anchor::middle);
    }
    return svg.str();
}

}  // namespace microgpt::pictures
