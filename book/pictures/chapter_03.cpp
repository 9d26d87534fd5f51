// The pictures of chapter 3, among them how far one letter of memory goes.
#include <cmath>

#include "bigram.hpp"
#include "pictures.hpp"
#include "plot/heat_map.hpp"
#include "plot/labels.hpp"
#include "plot/plane.hpp"

namespace microgpt::pictures {

namespace {

using plot::Anchor;
using plot::Point;
using plot::Svg;

std::string loss_picture() {
    Lesson lesson;
    Tape tape;
    const Bigram network(lesson.tokenizer.vocab_size(), lesson.random);
    const std::vector<double> means = plot::running_mean(train(network, lesson));
    const double guess = std::log(lesson.tokenizer.vocab_size());
    const double counting = loss_of(counted_shares(lesson), lesson);

    Svg svg(540, 320, "How far one letter of memory goes",
            "The mean loss of the last 100 names, over 10,000 names. It falls from log 27 = " +
                plot::fixed_number(guess, 2) + " and settles a little above " +
                plot::fixed_number(counting, 2) +
                ", which is what a table of counted pairs of letters would lose.");
    const plot::Plane plane{{32, 34}, 400, 238, {{0, 10000, 2000}, {2.4, 3.6, 0.2}}};
    plane.draw_axes(svg);
    svg.text({0, 14}, "loss");
    svg.text({432, 314}, "names read", "", Anchor::end);
    svg.text({540, 14}, "mean of the last 100", "soft", Anchor::end);
    std::vector<Point> points;
    for (const std::size_t i : plot::outline(means, 300)) {
        points.push_back(plane.at(static_cast<double>(i + 1), means[i]));
    }
    svg.polyline(points, "line blue");
    const auto reference = [&](double loss, const std::string& name) {
        const Point end = plane.at(10000, loss);
        svg.line(plane.at(0, loss), end, "line dashed soft");
        svg.text({end.x + 8, end.y + 5}, name + plot::fixed_number(loss, 2), "soft");
    };
    reference(guess, "log 27 = ");
    reference(counting, "counting ");
    svg.text({440, plane.at(10000, counting).y - 16}, "network", "strong blue");
    return svg.str();
}

std::string likeness_picture() {
    Lesson lesson;
    Tape tape;
    const Bigram network(lesson.tokenizer.vocab_size(), lesson.random);
    train(network, lesson);

    const std::string order = "aeiouy bcdfghjklmnpqrstvwxz";  // each kind, and a gap
    plot::HeatMap map{.title = "Which letters are alike",
                      .description =
                          "How nearly the embeddings of two letters point the same way: a triangle "
                          "with each pair once, the vowels first. The vowels are alike, and so are "
                          "the consonants, but one kind is little like the other. Nothing is like "
                          "q.",
                      .full = 0.8};
    const auto likeness = [&](char a, char b) -> double {
        if (a == ' ' || b == ' ') return NAN;
        const std::vector<Index> tokens = lesson.tokenizer.tokens(std::string{a, b});
        return network.likeness(tokens[0], tokens[1]);
    };
    for (std::size_t row = order.size(); row-- > 1;) {  // from z up: the columns' names are above
        map.rows.emplace_back(1, order[row]);
        map.values.emplace_back();
        for (std::size_t i = 0; i < row; ++i)
            map.values.back().push_back(likeness(order[row], order[i]));
    }
    for (std::size_t i = 0; i + 1 < order.size(); ++i) map.columns.emplace_back(1, order[i]);
    return plot::heat_map_svg(map);
}

}  // namespace

std::vector<Picture> chapter_03() {
    return {{"03-network.svg", network_picture},
            {"03-descent.svg", descent_picture},
            {"03-loss.svg", loss_picture},
            {"03-likeness.svg", likeness_picture}};
}

}  // namespace microgpt::pictures
