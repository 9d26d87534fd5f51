// The pictures of chapter 7: temperatures, one draw, and a name that is drawn.
#include "model.hpp"
#include "pictures.hpp"
#include "plot/diagram.hpp"
#include "plot/heat_map.hpp"
#include "plot/labels.hpp"
#include "plot/share_bars.hpp"

namespace microgpt::pictures {

namespace {

using plot::Anchor;
using plot::Svg;

constexpr double temperature = 0.5;  // the reference's

// ---- From cold to hot

std::string temperature_picture() {
    const Model model = model_after(1000);
    std::vector<plot::Division> divisions;
    for (const double t : {0.2, 0.5, 1.0, 2.0}) {
        divisions.push_back({"temperature " + plot::number(t), model.next("ma", t)});
    }
    return plot::share_bars(
        "What comes after ma, from cold to hot",
        "The shares of the 27 tokens after the letters ma, as bars, at four temperatures. At 0.2 "
        "r has 78 in a hundred and n nearly all the rest; at 0.5 r has 38, n 21, and l, y, i and m "
        "show; at 1 most letters have some share; at 2 the bars are nearly level, and r has 9.",
        model.names(), divisions);
}

// ---- One draw: the first letter of the first name

/// The shares end to end, from 0 to 1, each with its name where there is room.
void draw_line_of_shares(Svg& svg, double y, double left, double width,
                         const std::vector<double>& shares, const std::vector<std::string>& names,
                         std::size_t drawn) {
    constexpr double height = 44;
    double x = left;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const double part = shares[i] * width;
        const bool is_drawn = i == drawn;
        const std::string outline = plot::step('M', {x, y}) + "h" + plot::number(part) + "v" +
                                    plot::number(height) + "h-" + plot::number(part) + "z";
        svg.path(outline, is_drawn ? "fill shade" : "line card soft");
        const char* style = is_drawn ? "strong on-shade" : "";
        if (part > 13) svg.text({x + part / 2, y + 27}, names[i], style, Anchor::middle);
        x += part;
    }
}

std::string draw_picture() {
    constexpr double left = 12;
    constexpr double width = 516;
    constexpr double top = 70;
    const Model model = model_after(1000);
    const std::vector<double> shares = model.next("", temperature);
    Random random = model.random;
    const double number = random.random();
    random = model.random;
    const std::size_t drawn = random.choices(shares);

    Svg svg(540, 146, "How a letter is drawn",
            "The shares of 27 tokens laid end to end on a line from 0 to 1, from a, which has 31 "
            "in a hundred, to z. The random number 0.5714 falls on k, whose part goes from 0.563 "
            "to 0.685.");
    draw_line_of_shares(svg, top, left, width, shares, model.names(), drawn);
    const double x = left + number * width;
    svg.text({x, 14}, "the random number", "", Anchor::middle);
    svg.text({x, 33}, plot::fixed_number(number, 4), "strong orange", Anchor::middle);
    draw_arrow(svg, {{x, 40}, {x, top - 2}}, "orange");
    for (const double tick : {0.0, 0.25, 0.5, 0.75, 1.0}) {
        const double at = left + tick * width;
        svg.line({at, top + 48}, {at, top + 54}, "line soft");
        svg.text({at, top + 70}, plot::number(tick), "soft", Anchor::middle);
    }
    return svg.str();
}

// ---- A name, letter by letter

std::string name_picture() {
    const Model model = model_after(1000);
    Random random = model.random;
    plot::HeatMap map = {.title = "How kamon was drawn",
                         .description =
                             "For each beginning of kamon a row with the shares of the 27 "
                             "tokens, and a frame around the one that was drawn. k, m "
                             "and o had small shares; a after k, n after kamo and the "
                             "end after kamon had most of theirs.",
                         .row_title = "read so far",
                         .column_title = "share of what comes next",
                         .columns = model.names(),
                         .full = 0};
    std::string name;
    do {
        const std::vector<double> shares = model.next(name, temperature);
        map.rows.push_back("·" + name);
        map.values.push_back(shares);
        map.marked.push_back(random.choices(shares));
        if (map.marked.back() < model.tokenizer.bos()) name += map.columns[map.marked.back()];
    } while (map.marked.back() < model.tokenizer.bos());
    return heat_map_svg(map);
}

}  // namespace

std::vector<Picture> chapter_07() {
    return {{"07-temperature.svg", temperature_picture},
            {"07-draw.svg", draw_picture},
            {"07-name.svg", name_picture}};
}

}  // namespace microgpt::pictures
