// The pictures behind chapter 8: a roofline, one factor at a time, and two frameworks.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "cluster_rows.hpp"
#include "measured.hpp"
#include "pictures.hpp"
#include "plot/labels.hpp"
#include "plot/log_charts.hpp"
#include "plot/plane.hpp"

namespace microgpt::pictures {

namespace {

using plot::Anchor;
using plot::Plane;
using plot::Point;
using plot::Svg;

const std::string root = MICROGPT_SOURCE_DIR "/";

// ---- The roofline, in double precision; both axes go by powers of two

/// A model of the bench, and what is written beside its two points, if anything.
struct Sized {
    int n_embd;
    int n_layer;
    const char* name = "";
};
constexpr Sized sizes[] = {{16, 1, "4,192 parameters"},
                           {16, 4},
                           {64, 1},
                           {64, 4},
                           {128, 1, "205,568"},
                           {128, 4},
                           {256, 1, "804,352"},
                           {256, 4},
                           {288, 4, "4 million"}};
constexpr double giga = 1e9;

/// A roof that rises with the FLOPs for a byte until it meets the peak.
void draw_roof(Svg& svg, const Plane& plane, double bytes, double peak, const std::string& name,
               const std::string& color) {
    const double rise = std::log2(bytes);
    const double foot = std::max(plane.axes.x.low, plane.axes.y.low - rise);
    const Point ridge = plane.at(std::log2(peak / bytes), std::log2(peak));
    svg.line(plane.at(foot, foot + rise), ridge, "line bold " + color);
    svg.text({ridge.x + 4, ridge.y + 20}, name, "strong " + color);
}

/// The models that read so many names in a step; the labels stand at x, each below the one before.
void draw_models(Svg& svg, const Plane& plane, int batch, double x, const std::string& color) {
    std::vector<std::pair<Point, const char*>> labelled;
    double sum = 0;
    for (const Sized& size : sizes) {
        const nlohmann::json model = benchmark(size_of("f64", batch, size.n_embd, size.n_layer));
        const Point at =
            plane.at(std::log2(flops_a_byte(model)), std::log2(flop_rate(model) / giga));
        if (*size.name != 0) labelled.emplace_back(at, size.name);
        svg.circle(at, 4, "fill " + color);
        sum += at.x;
    }
    std::ranges::sort(labelled, {}, [](const auto& label) { return label.first.y; });
    double y = 0;
    for (const auto& [at, name] : labelled) {
        y = std::max(at.y, y + 19);
        svg.line({at.x + 7, at.y}, {plane.at(x, 0).x - 5, y}, "line soft");
        svg.text({plane.at(x, 0).x, y + 5}, name, color);
    }
    svg.text({sum / static_cast<double>(std::size(sizes)), plane.at(0, plane.axes.y.low).y - 14},
             batch == 1 ? "one name" : plot::number(batch) + " names", "strong " + color,
             Anchor::middle);
}

}  // namespace

std::string roofline_picture() {
    Svg svg(
        540, 404, "A roofline: what the core and the memory allow, and what the models do",
        "FLOPs a second over FLOPs for each byte, both logarithmic. Two roofs rise to the level "
        "line of the peak, that of the last cache well to the left of that of memory. Models "
        "that read one name stand left of where memory's roof meets the peak: the small ones "
        "above memory's roof, as caches hold them, the largest below it. Models that read 16 "
        "names stand to the right of it, under the peak.");
    const Plane plane = {{30, 34}, 500, 318, {{-2, 6, 1}, {3, 6, 1}}};
    plane.draw_axes(
        svg, [](double tick) { return plot::number(std::exp2(tick), 3); },
        [](double tick) { return plot::number(std::exp2(tick)); });
    svg.text({0, 14}, "thousand million FLOPs a second");
    svg.text({530, 398}, "FLOPs for each byte", "", Anchor::end);
    const nlohmann::json first = benchmark(size_of("f64", 1, 16, 1));
    const double peak = flop_rate(first) / first.at("of_peak").get<double>() / giga;
    const double cache = bandwidth(cache_kilobytes) / giga;
    svg.line(plane.at(std::log2(peak / cache), std::log2(peak)),
             plane.at(plane.axes.x.high, std::log2(peak)), "line bold");
    svg.text({530, plane.at(0, std::log2(peak)).y - 8}, "peak", "strong", Anchor::end);
    draw_roof(svg, plane, cache, peak, "last cache", "green");
    draw_roof(svg, plane, bandwidth(memory_kilobytes) / giga, peak, "memory", "purple");
    draw_models(svg, plane, 1, 0.95, "orange");
    draw_models(svg, plane, 16, 3.75, "blue");
    return svg.str();
}

// ---- One factor at a time

std::string factors_picture() {
    const auto rows = read_cluster_rows(std::ifstream(root + "bench/factors.txt"));
    std::vector<plot::Rung> rungs;
    for (const auto& [name, key] : {std::pair("by hand, 2 lanes", "flat"),
                                    {"panels, 2 lanes", "panels"},
                                    {"4 lanes", "four"},
                                    {"fused multiply-add", "fused"},
                                    {"8 lanes", "eight"},
                                    {"Adam in registers", "adam"},
                                    {"single, 16 lanes", "single"}}) {
        const double us = cluster_row(rows, key, {})["us"];
        rungs.push_back({name, us, plot::fixed_number(us, 1) + " µs"});
    }
    return plot::log_ladder(
        {.title = "From the engine derived by hand to the fast one, a factor at a time",
         .description = "A ladder on a logarithmic scale: the step derived by hand on two lanes; "
                        "the same in panels, no faster; on four lanes, which is the largest gain; "
                        "with fused multiply-adds, a small one; on eight lanes; with Adam in "
                        "registers; and in single precision, about half of that.",
         .x = "microseconds for a step",
         .y = ""},
        rungs);
}

// ---- Two frameworks

std::string frameworks_picture() {
    const nlohmann::json all = nlohmann::json::parse(std::ifstream(root + "bench/frameworks.json"));
    const auto curve = [&](const char* kind, const char* whose, const char* name,
                           const char* style) {
        plot::Curve found = {name, style, {}};
        for (const nlohmann::json& row : all.at(kind).at("sizes")) {
            if (row.at("batch") == 16)
                found.points.push_back({row.at("parameters"), row.at(whose).get<double>() / 1000});
        }
        return found;
    };
    return plot::log_log_chart(
        {.title = "The time of a step by ours, by JAX and by PyTorch",
         .description = "Milliseconds against parameters for steps of 16 names in single precision "
                        "on one core, both logarithmic. Ours is the lowest line throughout, JAX "
                        "next and nearer where the model is large, and Debian's PyTorch far above "
                        "both.",
         .x = "parameters",
         .y = "milliseconds for a step"},
        {curve("jax", "ours", "ours", "blue"), curve("jax", "theirs", "JAX", "orange"),
         curve("torch", "theirs", "PyTorch", "green")});
}

}  // namespace microgpt::pictures
