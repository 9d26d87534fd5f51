// What softmax and rmsnorm do to numbers.
#include "microgpt/model/layers.hpp"

#include <cmath>
#include <numbers>

#include "pictures.hpp"
#include "plot/bars.hpp"
#include "plot/diagram.hpp"
#include "plot/labels.hpp"
#include "plot/plane.hpp"

namespace microgpt::pictures {

namespace {

using plot::Anchor;
using plot::Point;
using plot::Svg;

void draw_step(Svg& svg, double left, const std::string& title, const std::string& below,
               Vector numbers, double full, int decimals, const char* color) {
    constexpr double base = 200;
    std::vector<plot::Bar> bars;
    for (const double number : numbers.data()) {
        bars.push_back({"", number, plot::fixed_number(number, decimals)});
    }
    svg.text({left, 16}, title, "strong");
    plot::draw_bars(svg, {{left, base}, 150, 140, full}, bars, color);
    svg.text({left + 75, base + 22}, below, "soft", Anchor::middle);
}

}  // namespace

// ---- softmax, in its three steps

std::string softmax_picture() {
    Tape tape;
    const Vector scores = vector_of({0, 3, 1, 1});
    const Vector exps = exp(scores - max(scores));
    const Vector shares = softmax(scores);
    Svg svg(540, 232, "softmax, in three steps",
            "Bars for the scores 0, 3, 1 and 1; for the exponential of each less the largest; and "
            "for these divided by their sum: shares of 0.04, 0.76, 0.1 and 0.1.");
    draw_step(svg, 0, "scores", "largest: " + plot::number(max(scores)), scores, 3, 0, "blue");
    draw_step(svg, 195, "exp(score - largest)", "sum: " + plot::number(sum(exps).data()), exps, 1,
              2, "green");
    draw_step(svg, 390, "divided by the sum", "sum: " + plot::number(sum(shares).data()), shares, 1,
              2, "orange");
    return svg.str();
}

// ---- rmsnorm in two dimensions: everything lands on a circle

std::string rmsnorm_picture() {
    Svg svg(490, 348, "rmsnorm in two dimensions",
            "Seven vectors, as rings, and as dots after rmsnorm: each has kept its direction and "
            "moved onto the circle where the mean of the squares is 1.");
    const plot::Plane plane{{24, 12}, 304, 304, {{-3, 3, 1}, {-3, 3, 1}}};
    plane.draw_axes(svg);
    const Point centre = plane.at(0, 0);
    svg.line(plane.at(0, -3), plane.at(0, 3), "line rule");
    svg.circle(centre, plane.at(std::numbers::sqrt2, 0).x - centre.x, "line dashed soft");
    for (const auto& [x, y] :
         {Point{2.6, 1.2}, Point{0.6, 2.7}, Point{-1.8, 2.1}, Point{-0.6, 0.15}, Point{-2.4, -1.7},
          Point{0.3, -0.5}, Point{1.5, -2.5}}) {
        Tape tape;
        const Vector after = rmsnorm(vector_of({x, y}));
        const Point tip = plane.at(after[0].data(), after[1].data());
        const Point start = plane.at(x, y);
        const double way = 1 - 6 / std::hypot(tip.x - start.x, tip.y - start.y);
        const Point end = {start.x + way * (tip.x - start.x), start.y + way * (tip.y - start.y)};
        plot::draw_arrow(svg, {start, end}, "soft");
        svg.circle(start, 4.5, "line blue");
        svg.circle(tip, 4.5, "fill orange");
    }
    svg.circle({366, 128}, 4.5, "line blue");
    svg.text({380, 133}, "before");
    svg.circle({366, 152}, 4.5, "fill orange");
    svg.text({380, 157}, "after");
    svg.line({358, 176}, {374, 176}, "line dashed soft");
    svg.text({380, 181}, "mean square 1:");
    svg.text({380, 201}, "radius √2");
    return svg.str();
}

}  // namespace microgpt::pictures
