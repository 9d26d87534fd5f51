// The gradient of one surprise, on its way back through the cache to the letters before.
#include <cmath>

#include "looks_back.hpp"
#include "pictures.hpp"
#include "plot/diagram.hpp"
#include "plot/labels.hpp"

namespace microgpt::pictures {

namespace {

using plot::Anchor;
using plot::Svg;

constexpr double first = 92;  // the middle of the first position
constexpr double pitch = 76;
constexpr double letters_y = 18;
constexpr double x_y = 62;
constexpr double cache_y = 176;
constexpr double heads_y = 272;
constexpr double loss_y = 352;

/// The length of the gradient along all of some Vectors.
double along(const Gradients& gradients, const std::vector<Vector>& parts) {
    double squares = 0;
    for (const Vector& part : parts) squares += std::pow(length_of(gradients[part]), 2);
    return std::sqrt(squares);
}

std::string figure(double length) { return plot::fixed_number(length, 3); }

}  // namespace

std::string gradient_picture() {
    Tape tape;
    const TrainedToLookBack trained;
    const LooksBack& network = trained.network;
    const std::vector<Index> tokens = trained.tokenizer.encode("emma");
    constexpr Index reads = 3;  // the position whose surprise it is
    const char* letters[] = {"·", "e", "m", "m"};
    KvCache cache(looks_back_heads);
    std::vector<Vector> xs;
    Vector out = network.embed(tokens[0], 0);
    for (Index t = 0; t <= reads; ++t) {
        xs.push_back(network.embed(tokens[t], t));
        out = network.attention(xs[t], cache);
    }
    const Value loss = cross_entropy(linear(xs[reads] + out, network.lm_head), tokens[reads + 1]);
    const Gradients gradients = backward(loss);

    Svg svg(356, 376, "The gradient runs back through the cache",
            "Four positions of emma, the start, e, m and m. The surprise at the a that follows the "
            "second m sends its gradient back to the heads of that position, from there to the "
            "keys and values of all four positions in the cache, and on to what each position "
            "made of its letter. Each box has the length of the gradient that reaches it.");
    plot::draw_box(svg, {first + pitch * reads - 64, loss_y}, 196, 32,
                   {"surprise at the a: " + plot::fixed_number(loss.data(), 2)}, "purple");
    plot::draw_arrow(svg,
                     {{first + pitch * reads, loss_y - 16}, {first + pitch * reads, heads_y + 18}},
                     "orange");
    plot::draw_box(svg, {first + pitch * 1.5, heads_y}, 3 * pitch + 70, 34,
                   {"the heads, when position 3 reads"}, "soft");
    for (Index t = 0; t <= reads; ++t) {
        const double x = first + pitch * t;
        std::vector<Vector> keys;
        std::vector<Vector> values;
        for (Index h = 0; h < looks_back_heads; ++h) {
            keys.push_back(cache.keys(h)[t]);
            values.push_back(cache.values(h)[t]);
        }
        svg.text({x, letters_y}, letters[t], "strong", Anchor::middle);
        plot::draw_box(svg, {x, x_y}, 70, 46, {"x", figure(length_of(gradients[xs[t]]))}, "blue");
        plot::draw_box(svg, {x, cache_y}, 70, 64,
                       {"k, v", "k " + figure(along(gradients, keys)),
                        "v " + figure(along(gradients, values))},
                       "green");
        plot::draw_arrow(svg, {{x, heads_y - 17}, {x, cache_y + 34}}, "orange");
        plot::draw_arrow(svg, {{x, cache_y - 32}, {x, x_y + 25}}, "orange");
    }
    svg.text({50, x_y + 5}, "letters", "soft", Anchor::end);
    svg.text({50, cache_y + 5}, "cache", "soft", Anchor::end);
    return svg.str();
}

}  // namespace microgpt::pictures
