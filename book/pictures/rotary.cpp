// Rotary positions: a query and a key, turned by where they stand.
#include <cmath>
#include <numbers>

#include "larger.hpp"
#include "pictures.hpp"
#include "plot/labels.hpp"
#include "plot/svg.hpp"

namespace microgpt::pictures {

namespace {

using plot::Anchor;
using plot::Point;
using plot::Svg;

constexpr double radius = 66;

/// Where the tip of an arrow is.
Point tip(Point centre, Vector pair, double length = radius) {
    return {centre.x + length * pair[0].data(), centre.y - length * pair[1].data()};
}

/// A vector of length one with this angle.
Vector pointing(double degrees) {
    const double angle = degrees * std::numbers::pi / 180;
    return vector_of({std::cos(angle), std::sin(angle)});
}

/// The vector as it was, and as it is at its position.
Vector draw_turned(Svg& svg, Point centre, Vector pair, Index position, const std::string& color) {
    const Vector turned = rotated(pair, position, 2);
    svg.line(centre, tip(centre, pair), "line dashed " + color);
    svg.line(centre, tip(centre, turned), "line bold " + color);
    svg.circle(tip(centre, turned), 4, "fill " + color);
    return turned;
}

void draw_dial(Svg& svg, Point centre, Index asks, Index answers) {
    svg.circle(centre, radius, "line rule");
    const Vector query = draw_turned(svg, centre, pointing(20), asks, "blue");
    const Vector key = draw_turned(svg, centre, pointing(65), answers, "orange");
    const double product = dot(query, key).data();
    const std::string score = (product < 0 ? "−" : "") + plot::fixed_number(std::abs(product), 2);
    const double x = centre.x;
    svg.text({x, 166}, "query at " + std::to_string(asks), "blue", Anchor::middle);
    svg.text({x, 186}, "key at " + std::to_string(answers), "orange", Anchor::middle);
    svg.text({x, 210}, "score " + score, "strong", Anchor::middle);
}

}  // namespace

std::string rotary_picture() {
    const Tape tape;
    Svg svg(540, 220, "A query and a key, turned by their positions",
            "Three circles, each with a query and a key as arrows of the same length, dashed as "
            "they were and bold as they are turned. With the query at 2 and the key at 0 their "
            "score is the same as with the query at 5 and the key at 3, where both have turned "
            "further. With the query at 5 and the key at 0 it is another.");
    draw_dial(svg, {90, 76}, 2, 0);
    draw_dial(svg, {270, 76}, 5, 3);
    draw_dial(svg, {450, 76}, 5, 0);
    return svg.str();
}

}  // namespace microgpt::pictures
