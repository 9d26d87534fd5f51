// Why attention divides by √d: the largest of 16 shares, against the length of the vectors.
#include <cmath>

#include "microgpt/model/attention.hpp"
#include "microgpt/random/random.hpp"
#include "pictures.hpp"
#include "plot/labels.hpp"
#include "plot/plane.hpp"

namespace microgpt::pictures {

namespace {

using plot::Anchor;
using plot::Point;
using plot::Svg;

struct LargestShares {
    double plain = 0;
    double divided = 0;
};

/// The largest share that softmax gives among 16 keys of d normal numbers, the scores as they are
/// and divided by √d: the means over many draws.
LargestShares largest_shares(Index d, Random& random) {
    constexpr Index n_keys = 16;
    constexpr int draws = 256;
    const auto normal = [&](Index) { return Value(random.gauss(0, 1)); };
    LargestShares means;
    for (int i = 0; i < draws; ++i) {
        const Tape::Scope scope;
        const Vector query = make_vector(d, normal);
        std::vector<Vector> keys;
        for (Index k = 0; k < n_keys; ++k) keys.push_back(make_vector(d, normal));
        const Vector scores = make_vector(n_keys, [&](Index k) { return dot(query, keys[k]); });
        means.plain += max(softmax(scores)) / draws;
        means.divided += max(attention_weights(query, keys)) / draws;
    }
    return means;
}

}  // namespace

std::string scale_picture() {
    Svg svg(540, 320, "Why attention divides by √d",
            "The largest share among 16 keys, against the length d of the vectors from 1 to 1024. "
            "As the scores are, it climbs from a fifth to nearly one; divided by √d, it stays at "
            "about a quarter.");
    const plot::Plane plane{{54, 34}, 356, 238, {{0, 10, 2}, {0, 1, 0.2}}};
    plane.draw_axes(
        svg, [](double exponent) { return plot::number(std::exp2(exponent)); }, plot::percent);
    svg.text({0, 14}, "largest of 16 shares");
    svg.text({410, 314}, "d, the length of query and keys", "", Anchor::end);
    Tape tape;
    Random random(42);
    std::vector<Point> plain;
    std::vector<Point> divided;
    for (int exponent = 0; exponent <= 10; ++exponent) {
        const LargestShares shares = largest_shares(Index{1} << exponent, random);
        plain.push_back(plane.at(exponent, shares.plain));
        divided.push_back(plane.at(exponent, shares.divided));
    }
    const auto draw = [&](const std::vector<Point>& points, const char* name,
                          const std::string& color) {
        svg.polyline(points, "line bold " + color);
        for (const Point& point : points) svg.circle(point, 3.5, "fill " + color);
        svg.text({points.back().x + 10, points.back().y + 5}, name, "strong " + color);
    };
    draw(plain, "as it is", "orange");
    draw(divided, "divided by √d", "blue");
    return svg.str();
}

}  // namespace microgpt::pictures
