// The pictures of chapter 8: how much of a core's peak is used, and what a step remembers.
#include <cmath>

#include "measured.hpp"
#include "microgpt/engines/fast/fast_trace.hpp"
#include "microgpt/run/engines.hpp"
#include "model.hpp"
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

// ---- The share of the peak

/// What `make bench` has measured of the fast engine with one layer.
double share_of_peak(const std::string& dtype, int batch, int n_embd) {
    return benchmark(size_of(dtype, batch, n_embd, 1)).at("of_peak");
}

void draw_shares(Svg& svg, const Plane& plane, const std::string& dtype, int batch) {
    const std::string color = dtype == "f64" ? "blue" : "orange";
    std::vector<Point> points;
    for (const int n_embd : {16, 64, 128, 256}) {
        points.push_back(plane.at(std::log2(n_embd), share_of_peak(dtype, batch, n_embd)));
        svg.circle(points.back(), 3.5, "fill " + color);
    }
    svg.polyline(points, (batch == 1 ? "line dashed bold " : "line bold ") + color);
    svg.text({points.back().x + 12, points.back().y + 5},
             dtype + (batch == 1 ? ", one name" : ", 16 names"), "strong " + color);
}

std::string peak_picture() {
    Svg svg(540, 392, "The fast engine's share of the core's peak",
            "Four lines over n_embd, from 16 to 256, for single and double precision and steps of "
            "one or 16 names. All climb up to 128. At 256 those of 16 names stay near there, and "
            "those of one name fall, the one in double precision to about half of what it was.");
    const Plane plane = {{48, 34}, 360, 310, {{4, 8, 1}, {0, 1, 0.2}}};
    plane.draw_axes(
        svg, [](double tick) { return plot::number(std::exp2(tick)); }, plot::percent);
    svg.text({0, 14}, "of the peak");
    svg.text({408, 386}, "n_embd", "", Anchor::end);
    for (const char* dtype : {"f32", "f64"}) {
        for (const int batch : {16, 1}) draw_shares(svg, plane, dtype, batch);
    }
    return svg.str();
}

// ---- What a step remembers, to find its gradients

std::string in_kilobytes(double size) { return plot::number(size, size < 100 ? 1 : 0) + " kB"; }

/// Of one step on the run's first name.
plot::Rung remembered(const std::string& what, const std::string& name, const Model& model) {
    const Tape tape;
    const auto engine =
        engine_kind({.name = name}).make({.config = model.engine->config()}, [] { return 0.08; });
    const std::vector<Index> tokens = model.tokenizer.encode(model.documents.front());
    engine->step({&tokens, 1}, 1);
    const double kilobytes = static_cast<double>(engine->step_memory().bytes) / 1000;
    return {what, kilobytes, in_kilobytes(kilobytes)};
}

/// The same of the fast engine, whose panels are as wide as a register: here one of 512 bits.
template <class T>
plot::Rung remembered_by_fast(const std::string& what, const Model& model) {
    const GptConfig& config = model.engine->config();
    const std::vector<Index> tokens = model.tokenizer.encode(model.documents.front());
    const std::size_t n = positions_read(config, tokens);
    const double numbers = FastTrace<T>::size(PanelSizes(config, 64 / sizeof(T)), config.n_layer,
                                              static_cast<double>(n), n, 1);
    const double kilobytes = numbers * sizeof(T) / 1000;
    return {what, kilobytes, in_kilobytes(kilobytes)};
}

std::string memory_picture() {
    const Model model = model_after(0);
    return plot::log_ladder(
        {.title = "What a step remembers",
         .description = "A ladder on a logarithmic scale, from 4.3 megabytes for a graph of "
                        "shared_ptrs by way of 226 kilobytes for Values on a tape to 14 for "
                        "vector registers in single precision.",
         .x = "kilobytes",
         .y = ""},
        {remembered("a graph of shared_ptrs", "graph", model),
         remembered("Values on a tape", "value", model),
         remembered("whole vectors on a tape", "tape", model),
         remembered("derived by hand", "flat", model),
         remembered_by_fast<double>("on vector registers", model),
         remembered_by_fast<float>("in single precision", model)});
}

}  // namespace

std::vector<Picture> chapter_08() {
    return {{"08-lanes.svg", lanes_picture},     {"08-peak.svg", peak_picture},
            {"08-memory.svg", memory_picture},   {"08-roofline.svg", roofline_picture},
            {"08-factors.svg", factors_picture}, {"08-frameworks.svg", frameworks_picture}};
}

}  // namespace microgpt::pictures
