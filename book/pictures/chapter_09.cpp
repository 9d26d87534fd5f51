// The pictures of chapter 9 that show figures: where a step's time goes, and a model's reach.
#include <cmath>
#include <fstream>

#include "cluster_rows.hpp"
#include "networks.hpp"
#include "pictures.hpp"
#include "plot/labels.hpp"
#include "plot/plane.hpp"

namespace microgpt::pictures {

namespace {

using plot::Anchor;
using plot::Plane;
using plot::Point;
using plot::Svg;

// ---- Where a step's time goes

struct PartOfStep {
    const char* name;
    const char* style;
};
constexpr PartOfStep parts_of_step[] = {{"compute", "blue"},    {"wait", "soft"},
                                        {"exchange", "orange"}, {"update", "green"},
                                        {"copy", "teal"},       {"gather", "purple"}};

void draw_filled(Svg& svg, Point corner, double width, double height, const std::string& style) {
    svg.path(plot::step('M', corner) + "h" + plot::number(width) + "v" + plot::number(height) +
                 "h-" + plot::number(width) + "z",
             "fill " + style);
}

/// A step as a bar, as long as it is beside one rank's.
void draw_step(Svg& svg, double y, const ClusterRow& row, double whole) {
    constexpr double left = 74;
    constexpr double width = 340;
    const double ranks = row["ranks"];
    svg.text({left - 10, y + 15}, plot::number(ranks) + (ranks == 1 ? " rank" : " ranks"), "soft",
             Anchor::end);
    double x = left;
    for (const auto& [name, style] : parts_of_step) {
        const double length = width * row[name] / whole;
        draw_filled(svg, {x, y}, length, 20, style);
        x += length;
    }
    svg.text({x + 8, y + 15}, plot::number(row["ms"], row["ms"] < 10 ? 2 : 1) + " ms");
}

std::string scaling_picture() {
    const std::vector<ClusterRow> rows =
        read_cluster_rows(std::ifstream(MICROGPT_SOURCE_DIR "/bench/cluster.txt"));
    Svg svg(540, 312, "Where a step's time goes",
            "For each of three sizes of model two bars, a step on one rank and the same step on "
            "two, cut into computing, waiting, the exchange, Adam, the copy and the gathering. "
            "Most of each bar is computing. On two ranks the computing is shared; the exchange and "
            "the gathering are what has come on top.");
    double x = 0;
    for (const auto& [name, style] : parts_of_step) {
        draw_filled(svg, {x, 4}, 12, 12, style);
        svg.text({x + 18, 15}, name, style);
        x += 34 + plot::text_width(name);
    }
    double y = 52;
    for (const auto& [name, parameters] :
         {std::pair("4,192", 4192.0), {"102,784", 102784.0}, {"795,392", 795392.0}}) {
        svg.text({0, y}, std::string(name) + " parameters, 64 names", "strong");
        const auto row = [&, size = parameters](double ranks) {
            return cluster_row(rows, "step",
                               {{"ranks", ranks}, {"parameters", size}, {"batch", 64}});
        };
        draw_step(svg, y + 10, row(1), row(1)["ms"]);
        draw_step(svg, y + 36, row(2), row(1)["ms"]);
        y += 92;
    }
    return svg.str();
}

// ---- How far a model reaches

void draw_network(Svg& svg, double left, const KnownNetwork& known, bool has_labels) {
    const Plane plane = {{left, 62}, 122, 200, {{0, 12, 4}, {0, 1, 0.25}}};
    plane.draw_axes(
        svg, [](double tick) { return tick < 12 ? plot::number(std::exp2(tick)) : "4,096"; },
        [&](double tick) { return has_labels ? plot::percent(tick) : ""; });
    svg.text({left, 50}, known.name, "strong");
    const char* styles[] = {"line bold orange", "line bold blue", "line bold green"};
    for (std::size_t size = 0; size < 3; ++size) {
        std::vector<Point> points;
        for (int power = 0; power <= 12; ++power) {
            const double share =
                efficiency(workload_of(known_sizes[size]), known.network, std::size_t{1} << power);
            points.push_back(plane.at(power, share));
        }
        svg.polyline(points, styles[size]);
    }
}

std::string model_picture() {
    Svg svg(540, 306, "A model of the cost: how much of their time ranks would compute",
            "Three panels, one a network, each with three falling curves from 1 to 4,096 ranks. On "
            "slow Ethernet all three have fallen far at 4,096; on the quick networks the largest "
            "model stays near the top, the middle one loses some, and the smallest, with few "
            "parameters, falls to nothing on each of the three.");
    const char* names[] = {"4,192 parameters", "4 million", "1,000 million"};
    const char* styles[] = {"strong orange", "strong blue", "strong green"};
    double x = 0;
    for (std::size_t size = 0; size < 3; ++size) {
        svg.text({x, 14}, names[size], styles[size]);
        x += 30 + plot::text_width(names[size]);
    }
    double left = 50;
    for (const KnownNetwork& known : known_networks) {
        draw_network(svg, left, known, left < 60);
        left += 174;
    }
    svg.text({532, 302}, "ranks", "", Anchor::end);
    return svg.str();
}

}  // namespace

std::vector<Picture> chapter_09() {
    return {{"09-tree.svg", tree_picture},
            {"09-holders.svg", holders_picture},
            {"09-collectives.svg", collectives_picture},
            {"09-scaling.svg", scaling_picture},
            {"09-model.svg", model_picture}};
}

}  // namespace microgpt::pictures
