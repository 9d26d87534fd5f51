// The pictures of appendix A: both recipes' losses, and the parameters that moved house.
#include <cmath>
#include <numeric>
#include <tuple>

#include "microgpt/run/elixir_order.hpp"
#include "microgpt/run/engines.hpp"
#include "pictures.hpp"
#include "plot/chart.hpp"
#include "plot/labels.hpp"
#include "plot/svg.hpp"

namespace microgpt::pictures {

namespace {

using plot::Anchor;
using plot::Svg;

// ---- Both recipes

plot::Series losses_of(const std::string& recipe) {
    Run run = make_run({.recipe = recipe}, {}, {.name = "flat"});
    run.train();
    return {recipe, run.losses()};
}

std::string runs_picture() {
    return plot::line_chart(
        {.title = "The two recipes",
         .description =
             "The loss of each of 1000 steps. The elixir recipe starts at 5.4, two above "
             "the python recipe and above a guess, log 27; after 300 steps both have "
             "nearly the same running mean.",
         .x = "step",
         .y = "loss"},
        {losses_of("python"), losses_of("elixir")}, plot::Reference{std::log(27), "log 27"});
}

// ---- Where the second one's numbers are after its first step

constexpr GptConfig config = {.vocab_size = 27};

/// Numbers that were neighbours in one matrix and still are, in one matrix.
struct Piece {
    std::size_t from;  // matrices
    std::size_t to;
    Index size;
};

std::vector<Piece> pieces() {
    std::vector<std::size_t> home;  // of each parameter
    const std::vector<Shape> all = shapes(config);
    for (std::size_t i = 0; i < all.size(); ++i) {
        home.insert(home.end(), std::size_t{all[i].rows} * all[i].columns, i);
    }
    const std::vector<Index> order = elixir_order(config);
    std::vector<Piece> found;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::size_t from = home[order[i]];
        const bool goes_on = !found.empty() && found.back().from == from &&
                             found.back().to == home[i] && order[i] == order[i - 1] + 1;
        if (!goes_on) found.push_back({from, home[i], 0});
        ++found.back().size;
    }
    return found;
}

constexpr double list_top = 44;
constexpr double list_width = 128;
constexpr double list_scale = 0.1596;  // pixels a number

std::string name_of(std::size_t matrix) {
    const std::string name = shapes(config)[matrix].name;
    return name.substr(name.find('.') + 1);
}

std::string color_of(std::size_t matrix) {
    const char* colors[] = {"blue",   "blue",   "purple", "orange", "orange",
                            "orange", "orange", "green",  "green"};
    return colors[matrix];
}

/// A list of matrices from the top down, one box for all pieces of each that follow each other.
void draw_list(Svg& svg, const std::vector<Piece>& list, std::size_t Piece::*matrix, double left) {
    double top = list_top;
    double y = list_top;
    for (std::size_t i = 0; i < list.size(); ++i) {
        y += list_scale * list[i].size;
        const std::size_t its = list[i].*matrix;
        if (i + 1 < list.size() && list[i + 1].*matrix == its) continue;
        svg.rect({left, top}, list_width, y - top, "line " + color_of(its));
        svg.text({left + list_width / 2, (top + y) / 2 + 5}, name_of(its),
                 "strong " + color_of(its), Anchor::middle);
        top = y;
    }
}

/// Each piece as a band, and beside each matrix of the second list what it is made of.
void draw_pieces(Svg& svg, const std::vector<Piece>& list, double left, double right) {
    double y = list_top;
    double line = 0;  // of text
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto& [from, to, size] = list[i];
        const double height = list_scale * size;
        svg.path(plot::step('M', {left, y}) + plot::step('L', {right + list_width, y}) +
                     plot::step('L', {right + list_width, y + height}) +
                     plot::step('L', {left, y + height}) + "z",
                 "fill " + color_of(from), 0.1);
        svg.line({left + list_width, y}, {right, y}, "line faint " + color_of(from));
        line = i == 0 || list[i - 1].to != to ? y + 18 : line + 17;
        svg.text({right + list_width + 12, line}, std::to_string(size) + " of " + name_of(from),
                 "soft");
        y += height;
    }
}

std::string moved_picture() {
    constexpr double left = 1;
    constexpr double right = 187;
    Svg svg(446, 714, "The parameters that moved house",
            "Two columns, each a list of the nine matrices from the top down. On the left in "
            "alphabetical order: wk, wo, wq, wv, fc1, fc2, lm_head, wpe, wte. On the right as the "
            "list is cut again: wte, wpe, lm_head, wq, wk, wv, wo, fc1, fc2. As matrices differ in "
            "size, wte is now 256 numbers of wk and 176 of wo, and so on: no number stands in the "
            "matrix in which it stood.");
    for (const auto& [x, words, more] : {std::tuple(left, "flattened", "alphabetically"),
                                         std::tuple(right, "cut again", "as the source lists")}) {
        svg.text({x + list_width / 2, 14}, words, "strong", Anchor::middle);
        svg.text({x + list_width / 2, 32}, more, "soft", Anchor::middle);
    }
    svg.text({right + list_width + 12, 14}, "now made of", "strong");
    const std::vector<Piece> list = pieces();
    draw_pieces(svg, list, left, right);
    draw_list(svg, list, &Piece::from, left);
    draw_list(svg, list, &Piece::to, right);
    return svg.str();
}

}  // namespace

std::vector<Picture> appendix_a() {
    return {{"appendix-a-runs.svg", runs_picture}, {"appendix-a-moved.svg", moved_picture}};
}

}  // namespace microgpt::pictures
