// The pictures of chapter 6: gradients on their way, and two walks down a valley.
#include <cmath>
#include <functional>

#include "microgpt/data/dataset.hpp"
#include "microgpt/data/tokenizer.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/training/trainer.hpp"
#include "pictures.hpp"
#include "plot/chart.hpp"
#include "plot/labels.hpp"
#include "plot/svg.hpp"

namespace microgpt::pictures {

namespace {

using plot::Point;
using plot::Svg;

// ---- How large the gradients are, matrix by matrix

double norm(std::span<const double> numbers) {
    double squares = 0;
    for (const double x : numbers) squares += x * x;
    return std::sqrt(squares);
}

std::string gradients_picture() {
    std::vector<std::string_view> names = load_names(stderr);
    Random random(42);
    random.shuffle(names);
    const Tokenizer tokenizer(names);
    const Tape tape;
    const Gpt gpt({.vocab_size = tokenizer.vocab_size()}, [&] { return random.gauss(0, 0.08); });
    Adam adam(gpt.parameters());
    std::vector<plot::Series> series;
    for (const char* name : {"wte", "attn_wq", "mlp_fc1", "lm_head"}) series.push_back({name, {}});
    for (Index step = 0; step < 1000; ++step) {
        const Gradients gradients = differentiate(gpt, tokenizer.encode(names[step])).gradients;
        for (const auto& [name, matrix] : gpt.matrices()) {
            for (plot::Series& one : series) {
                if (name.ends_with(one.name))
                    one.values.push_back(norm(gradients[matrix.entries()]));
            }
        }
        adam.step(gradients, linear_decay(step, 1000));
    }
    return plot::line_chart(
        {.title = "Gradients on their way",
         .description =
             "The norms of the gradients of wte, lm_head, attn_wq and mlp_fc1 at each of "
             "1000 steps. All are noisy, and after the first 300 steps none of "
             "them falls.",
         .x = "step",
         .y = "norm of the gradient"},
        series);
}

// ---- A valley, fifty times as steep across as along

constexpr double steepness = 50;
constexpr Index valley_steps = 40;

Value height(Vector p) { return (p[0] * p[0] + steepness * p[1] * p[1]) / 2; }

struct Walk {
    std::vector<Point> points;
    double height;  // of the last one
};

using Optimizer = std::function<void(Vector, const Gradients&)>;

/// The way from (-6, 1), step by step.
Walk walk(const std::function<Optimizer(Vector)>& make_optimizer) {
    const Tape tape;
    const Vector p = vector_of({-6, 1});
    const Optimizer optimize = make_optimizer(p);
    Walk walk = {{{p.data()[0], p.data()[1]}}, 0};
    for (Index step = 0; step < valley_steps; ++step) {
        optimize(p, differentiate([&] { return height(p); }).gradients);
        walk.points.push_back({p.data()[0], p.data()[1]});
    }
    walk.height = height(p).data();
    return walk;
}

/// Rings of one height around `bottom`, and the way to it.
void draw_walk(Svg& svg, Point bottom, const std::string& name, const Walk& walk,
               const std::string& color) {
    constexpr double scale = 44;
    for (int ring = 1; ring <= 6; ++ring) {
        const double along = scale * ring;
        const double across = along / std::sqrt(steepness);
        const std::string half = "a" + plot::number(along) + "," + plot::number(across) + " 0 0 0 ";
        svg.path(plot::step('M', {bottom.x - along, bottom.y}) + half + plot::number(2 * along) +
                     ",0" + half + plot::number(-2 * along) + ",0z",
                 "line rule");
    }
    std::vector<Point> way;
    for (const Point& p : walk.points) {
        way.push_back({bottom.x + scale * p.x, bottom.y - scale * p.y});
    }
    svg.polyline(way, "line " + color);
    for (const Point& p : way) svg.circle(p, 3, "fill " + color);
    const std::string last = "after " + std::to_string(valley_steps) + " steps at height ";
    svg.text({way.front().x + 9, way.front().y + 4}, "start", "soft");
    svg.text({0, bottom.y - 68}, name, "strong " + color);
    svg.text({svg.width(), bottom.y - 68}, last + plot::fixed_number(walk.height, 3), "soft",
             plot::Anchor::end);
}

std::string valley_picture() {
    const Walk descent = walk([](Vector) {
        return [](Vector p, const Gradients& gradients) { descend(p, gradients, 0.036); };
    });
    const Walk adam = walk([](Vector all) {
        return [adam = Adam(all, {.learning_rate = 0.5})](
                   Vector, const Gradients& gradients) mutable { adam.step(gradients); };
    });
    Svg svg(540, 288, "Two walks down a valley",
            "Rings of one height around the lowest point of a valley that is long and narrow. "
            "Plain descent leaps from side to side across it and after 40 steps has come less "
            "than four fifths of the way. Adam swings down in one wide curve, is there after 20 "
            "steps, and circles the lowest point.");
    draw_walk(svg, {270, 82}, "plain descent", descent, "orange");
    draw_walk(svg, {270, 244}, "Adam", adam, "blue");
    return svg.str();
}

}  // namespace

std::vector<Picture> chapter_06() {
    return {{"06-gradients.svg", gradients_picture},
            {"06-valley.svg", valley_picture},
            {"06-embedding.svg", embedding_picture},
            {"06-by-heart.svg", by_heart_picture}};
}

}  // namespace microgpt::pictures
