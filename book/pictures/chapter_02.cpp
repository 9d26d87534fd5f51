// The pictures of chapter 2, among them the operations with their slopes, and surprise.
#include <cmath>

#include "microgpt/autograd/ops.hpp"
#include "pictures.hpp"
#include "plot/labels.hpp"
#include "plot/plane.hpp"

namespace microgpt::pictures {

namespace {

using plot::Anchor;
using plot::Axes;
using plot::Point;
using plot::Svg;

// ---- The operations: a curve each, and its slope at one point

struct Operation {
    const char* name;
    Value (*apply)(Value);
    Axes axes;
    double from;             // the curve begins here
    std::vector<double> at;  // and its slope is taken here
};

const Operation operations[] = {
    {"6 / x", [](Value x) { return 6.0 / x; }, {{0, 6, 2}, {0, 9, 3}}, 2.0 / 3, {2}},
    {"x³", [](Value x) { return pow(x, 3); }, {{0, 3, 1}, {0, 27, 9}}, 0, {2}},
    {"x^-0.5", [](Value x) { return pow(x, -0.5); }, {{0, 4, 1}, {0, 4, 1}}, 0.0625, {1}},
    {"exp(x)", [](Value x) { return exp(x); }, {{-2, 2, 1}, {0, 8, 2}}, -2, {0}},
    {"log(x)", [](Value x) { return log(x); }, {{0, 4, 1}, {-2, 2, 1}}, 0.14, {1}},
    {"relu(x)", [](Value x) { return relu(x); }, {{-2, 2, 1}, {0, 2, 1}}, -2, {-1, 1}},
};

/// An operation's result and its slope at one point.
struct Slope {
    double at;
    double result;
    double slope;
};

std::vector<Slope> slopes(const Operation& operation) {
    std::vector<Slope> slopes;
    for (const double at : operation.at) {
        Tape tape;
        const Value x(at);
        const Value result = operation.apply(x);
        slopes.push_back({at, result.data(), backward(result)[x]});
    }
    return slopes;
}

void draw_operation(Svg& svg, const Operation& operation, Point corner) {
    const auto plain = [&](double at) {
        Tape tape;
        return operation.apply(Value(at)).data();
    };
    const auto at_ends = [](const plot::Axis& axis) {
        return [axis](double tick) {
            return tick == axis.low || tick == axis.high || tick == 0 ? axis.label(tick) : "";
        };
    };

    const plot::Plane plane{{corner.x + 22, corner.y + 50}, 130, 104, operation.axes};
    plane.draw_axes(svg, at_ends(operation.axes.x), at_ends(operation.axes.y));
    plane.draw_curve(svg, plain, operation.from, operation.axes.x.high, "line bold blue");
    std::string says = "slope ";
    for (const Slope& slope : slopes(operation)) {
        if (says.size() > 6) says += ", ";
        says += plot::number(slope.slope) + " at " + plot::number(slope.at);
        plane.draw_slope(svg, {slope.at, slope.result}, slope.slope, 30, "line bold orange");
        svg.circle(plane.at(slope.at, slope.result), 4, "fill orange");
    }
    svg.text({corner.x + 22, corner.y + 14}, operation.name, "strong blue");
    svg.text({corner.x + 22, corner.y + 34}, says, "orange");
}

std::string operations_picture() {
    Svg svg(358, 588, "Six operations and their slopes",
            "The curves of 6 / x, the cube, x to the power of -0.5, exp, log and relu, each with "
            "the tangent at a point and its slope: -1.5 at 2, 12 at 2, -0.5 at 1, 1 at 0, 1 at 1; "
            "and of relu at two points, 0 at -1 and 1 at 1.");
    Point corner = {0, 0};
    for (const Operation& operation : operations) {
        draw_operation(svg, operation, corner);
        corner.x += 194;
        if (corner.x >= 358) corner = {0, corner.y + 204};
    }
    return svg.str();
}

// ---- Surprise: what cross-entropy makes of a share

std::string surprise_picture() {
    const auto surprise = [](double share) {
        Tape tape;
        return (-log(Value(share))).data();
    };
    Svg svg(540, 320, "Surprise",
            "The curve of -log p, for shares p from 0 to 1. What had a share of 1 is no surprise; "
            "a share of 1/2 costs 0.69, one of 1/4 costs 1.39, one of 1/27 costs log 27 = 3.30; "
            "towards 0 the curve "
            "climbs without end.");
    const plot::Plane plane{{24, 34}, 500, 238, {{0, 1, 0.2}, {0, 5, 1}}};
    plane.draw_axes(svg);
    svg.text({0, 14}, "-log p, in nats");
    svg.text({524, 314}, "share p of what came", "", Anchor::end);
    // Evenly spaced in height: near 0 the curve is too steep for even steps of p.
    std::vector<Point> points;
    for (int i = 0; i <= 100; ++i) {
        const double share = std::exp(-i / 20.0);
        points.push_back(plane.at(share, surprise(share)));
    }
    svg.polyline(points, "line bold blue");
    const auto mark = [&](double share, const std::string& name, Point shift) {
        const double nats = surprise(share);
        const Point at = plane.at(share, nats);
        svg.line(at, plane.at(share, 0), "line dashed soft");
        svg.circle(at, 4.5, "fill orange");
        svg.text({at.x + shift.x, at.y + shift.y}, name + plot::fixed_number(nats, 2), "orange");
    };
    mark(1.0 / 27, "one in 27, a guess: log 27 = ", {12, 5});
    mark(0.25, "one in four: ", {10, -4});
    mark(0.5, "one in two: ", {10, -2});
    mark(1, "sure: ", {-62, -10});
    return svg.str();
}

}  // namespace

std::vector<Picture> chapter_02() {
    return {{"02-operations.svg", operations_picture},
            {"02-softmax.svg", softmax_picture},
            {"02-rmsnorm.svg", rmsnorm_picture},
            {"02-surprise.svg", surprise_picture}};
}

}  // namespace microgpt::pictures
