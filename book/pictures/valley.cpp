// Gradient descent in its valley: the same way down with steps that are small, large and too large.
#include <vector>

#include "microgpt/model/layers.hpp"
#include "microgpt/training/descent.hpp"
#include "pictures.hpp"
#include "plot/labels.hpp"
#include "plot/plane.hpp"

namespace microgpt::pictures {

namespace {

using plot::Point;
using plot::Svg;

/// What came after an a in ava, anna and emma: the end three times, a v, an n.
constexpr Index came[] = {0, 0, 0, 1, 2};

Value loss_of(Vector scores) {
    return mean_loss(std::size(came),
                     [&](std::size_t i) { return cross_entropy(scores, came[i]); });
}

/// The valley. v and n came equally often, and so descent keeps their scores equal, and the sum of
/// all three at 0: the score of the end says where it is.
double valley(double end) {
    Tape tape;
    return loss_of(vector_of({end, -end / 2, -end / 2})).data();
}

/// The score of the end and the loss, before the first step and after each.
std::vector<Point> descent(double learning_rate, int steps) {
    Tape tape;
    const Matrix scores(1, 3, [] { return 0.0; });
    std::vector<Point> places;
    for (int step = 0; step <= steps; ++step) {
        const auto [loss, gradients] = differentiate([&] { return loss_of(scores.row(0)); });
        places.push_back({scores.row(0)[0].data(), loss});
        descend(scores.entries(), gradients, learning_rate);
    }
    return places;
}

struct Panel {
    double learning_rate;
    const char* what;
    plot::Axes axes;
    double from;  // where the curve begins
    double width;
};

constexpr plot::Axes near = {{-1, 2, 1}, {0.9, 1.3, 0.1}};
constexpr plot::Axes far = {{-2, 4, 1}, {0.8, 2.4, 0.4}};

void draw_panel(Svg& svg, Point corner, const Panel& panel) {
    const plot::Plane plane{{corner.x, corner.y + 50}, panel.width, 132, panel.axes};
    const auto at_ends = [](const plot::Axis& axis) {
        return [axis](double tick) {
            return tick == axis.low || tick == axis.high || tick == 0 ? axis.label(tick) : "";
        };
    };
    svg.text({corner.x, corner.y + 14}, "rate " + plot::number(panel.learning_rate), "strong blue");
    svg.text({corner.x, corner.y + 34}, panel.what, "orange");
    plane.draw_axes(svg, at_ends(panel.axes.x), at_ends(panel.axes.y));
    plane.draw_curve(svg, valley, panel.from, panel.axes.x.high, "line bold blue");
    std::vector<Point> way;
    for (const Point place : descent(panel.learning_rate, 6)) way.push_back(plane.at(place));
    svg.polyline(way, "line orange");
    for (const Point place : way) svg.circle(place, 3.5, "fill orange");
    svg.circle(way.front(), 7, "line orange");
}

}  // namespace

std::string descent_picture() {
    Svg svg(
        358, 452, "Down the valley, with three learning rates",
        "The loss against one score is a valley. With a rate of 1 descent goes down one side of "
        "it, each step shorter than the last. With 5 it jumps from side to side, lower each "
        "time. With 10 it jumps from side to side too, and ends higher than it began.");
    draw_panel(svg, {30, 0}, {1, "down one side", near, -0.4, 132});
    draw_panel(svg, {218, 0}, {5, "from side to side", near, -0.4, 132});
    draw_panel(svg, {30, 216}, {10, "out of it (the valley from farther off)", far, -1.9, 320});
    svg.text({30, 446}, "across: the score of the end; up: the loss", "soft");
    return svg.str();
}

}  // namespace microgpt::pictures
