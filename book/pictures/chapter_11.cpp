// The pictures of chapter 11 that show figures: sizes, what is forgotten, what is preferred.
#include <cmath>
#include <sstream>

#include "microgpt/files/file.hpp"
#include "pictures.hpp"
#include "plot/labels.hpp"
#include "plot/plane.hpp"

namespace microgpt::pictures {

namespace {

using plot::Anchor;
using plot::Plane;
using plot::Point;
using plot::Svg;
using Row = std::vector<double>;

/// The numbers of each row of a table that the chapter's program has printed, below the line that
/// begins with `heading`.
std::vector<Row> table(const std::string& heading) {
    std::istringstream output(read_file(MICROGPT_SOURCE_DIR "/chapters/11-own/output.txt"));
    std::string line;
    while (std::getline(output, line) && !line.starts_with(heading)) {
    }
    std::vector<Row> rows;
    while (std::getline(output, line) && !line.empty()) {
        std::istringstream words(line);
        Row row;
        for (std::string word; words >> word;) {
            if (std::isdigit(static_cast<unsigned char>(word[0]))) row.push_back(std::stod(word));
        }
        rows.push_back(row);
    }
    return rows;
}

void draw_line(Svg& svg, const std::vector<Point>& points, const std::string& color) {
    svg.polyline(points, "line bold " + color);
    for (const Point& point : points) svg.circle(point, 4, "fill " + color);
}

void draw_axis_names(Svg& svg, const Plane& plane, const std::string& names) {
    svg.text({plane.corner.x + plane.width / 2, plane.corner.y + plane.height + 44}, names, "soft",
             Anchor::middle);
}

// ---- Sizes

std::string sizes_picture() {
    const std::vector<Row> rows = table("towns n_embd");
    Svg svg(540, 300, "The loss on towns that were held out, for several sizes",
            "On the left five models that read 2,372 towns: the loss falls from 200 steps to 1000 "
            "for each, the more the wider it is, but from a width of 32 on hardly more. On the "
            "right the model of width 32 reads 297 towns: the loss rises from 2.7 to 5.4.");
    const Plane all{{44, 40}, 196, 200, {{200, 1000, 200}, {1.9, 2.5, 0.1}}};
    svg.text({all.corner.x, 18}, "2,372 towns", "strong");
    all.draw_axes(svg);
    const char* const colors[] = {"orange", "teal", "blue", "purple", "green"};
    const char* const names[] = {"8", "16", "32", "64", "32, two layers"};
    const double shifts[] = {5, 5, -4, 9, 23};
    for (std::size_t i = 0; i < 5; ++i) {
        std::vector<Point> points;
        for (std::size_t k = 0; k < 5; ++k) {
            points.push_back(all.at(200.0 * static_cast<double>(k + 1), rows[i][4 + k]));
        }
        draw_line(svg, points, colors[i]);
        svg.text({points.back().x + 9, points.back().y + shifts[i]}, names[i], colors[i]);
    }
    draw_axis_names(svg, all, "→ steps, ↑ loss, held out");
    const Plane few{{380, 40}, 116, 200, {{200, 1000, 400}, {0, 6, 1}}};
    svg.text({few.corner.x, 18}, "297 towns", "strong");
    few.draw_axes(svg);
    std::vector<Point> points;
    for (std::size_t k = 0; k < 5; ++k) {
        points.push_back(few.at(200.0 * static_cast<double>(k + 1), rows[5][4 + k]));
    }
    draw_line(svg, points, "blue");
    svg.text({points[0].x + 10, points[0].y + 14}, "held out", "blue");
    const Point read = few.at(1000, rows[5][10]);
    svg.circle(read, 4, "fill brown");
    svg.text({read.x - 10, read.y + 5}, "read", "brown", Anchor::end);
    draw_axis_names(svg, few, "→ steps");
    return svg.str();
}

// ---- What is learned, what is forgotten

void draw_learned(Svg& svg, const Plane& plane) {
    plane.draw_axes(svg, [](double tick) { return plot::number(std::round(std::pow(10, tick))); });
    std::vector<Point> fresh;
    std::vector<Point> begun;
    std::vector<Point> names;
    for (const Row& row : table("steps  fresh")) {
        if (row[0] == 0) continue;  // there is no place for it among logarithms
        const double x = std::log10(row[0]);
        fresh.push_back(plane.at(x, row[1]));
        begun.push_back(plane.at(x, row[3]));
        names.push_back(plane.at(x, row[5]));
    }
    draw_line(svg, fresh, "orange");
    draw_line(svg, begun, "blue");
    draw_line(svg, names, "purple");
    svg.text({fresh[0].x + 16, fresh[0].y + 5}, "towns, fresh", "orange");
    svg.text({begun[1].x - 40, begun[2].y + 12}, "from names", "blue");
    svg.text({names[4].x, names[4].y - 12}, "names", "purple", Anchor::end);
}

void draw_forgotten(Svg& svg, const Plane& plane) {
    plane.draw_axes(svg);
    const std::vector<Row> rows = table("300 steps");
    const auto at = [&](std::size_t i) {
        const Row& row = rows[i];
        return plane.at(row[row.size() - 4], row[row.size() - 2]);
    };
    draw_line(svg, {at(0), at(1), at(2)}, "orange");
    draw_line(svg, {at(0), at(3), at(4), at(5)}, "blue");
    const char* const notes[] = {"rate 0.01", "0.003", "0.001", "1 in 11", "1 in 4", "1 in 2"};
    for (std::size_t i = 0; i < 6; ++i) {
        const std::string color = i == 0 ? "" : i < 3 ? "orange" : "blue";
        svg.text({at(i).x + 8, at(i).y - 6}, notes[i], color);
    }
}

std::string tuning_picture() {
    Svg svg(540, 306, "From names to towns: what is learned, and what is forgotten",
            "On the left the loss on towns against the number of steps, from nothing and from the "
            "model of names, which is ahead until a thousand steps; and the loss on names, which "
            "rises all the while. On the right the loss on names against that on towns: a smaller "
            "rate forgets less and learns less; names among the towns forget much less and cost "
            "little.");
    const Plane learned{{40, 40}, 200, 206, {{1, 3, 1}, {2, 3.2, 0.2}}};
    svg.text({learned.corner.x, 18}, "more and more steps", "strong");
    draw_learned(svg, learned);
    draw_axis_names(svg, learned, "→ steps, ↑ loss, held out");
    const Plane forgotten{{300, 40}, 200, 206, {{2.1, 2.6, 0.1}, {2.2, 3, 0.2}}};
    svg.text({forgotten.corner.x, 18}, "300 steps", "strong");
    draw_forgotten(svg, forgotten);
    draw_axis_names(svg, forgotten, "→ loss on towns, ↑ on names");
    return svg.str();
}

// ---- What is preferred

std::string preference_picture() {
    Svg svg(
        540, 300, "What is won by a preference, and how far it leads away",
        "Against the distance from the old model, in nats a name, two lines: the share of "
        "names that end in a vowel rises from 0.43 to 0.91 within the first nat and to nearly 1 "
        "soon after; the share of names that are different falls after it, to a seventh.");
    const Plane plane{{48, 26}, 420, 210, {{0, 7, 1}, {0, 1, 0.2}}};
    plane.draw_axes(svg);
    const std::vector<Row> rows = table(" beta  steps");
    const double least = std::log(1 / rows[0][2]);
    svg.line(plane.at(least, 0), plane.at(least, 1), "line dashed soft");
    svg.text({plane.at(least, 0.08).x + 6, plane.at(least, 0.08).y}, "least for all", "soft");
    for (const auto& [place, scale, color, name] : {std::tuple(2, 1.0, "blue", "end in a vowel"),
                                                    std::tuple(3, 1000.0, "orange", "different")}) {
        const auto at = [&, p = static_cast<std::size_t>(place), s = scale](std::size_t i) {
            return plane.at(rows[i][5], rows[i][p] / s);
        };
        draw_line(svg, {at(0), at(1), at(2), at(3), at(4)}, color);
        for (const std::size_t i : {5, 6}) svg.circle(at(i), 4, std::string("line ") + color);
        svg.text({at(4).x + 10, at(4).y + (place == 2 ? 20 : -8)}, name, color);
    }
    const char* const notes[] = {"", "β 10", "β 1", "β 0.1", "β 0.03"};
    for (const std::size_t i : {1, 2, 3, 4}) {
        const double shift = i == 1 ? -4 : 4;
        svg.text({plane.at(rows[i][5], 1).x + shift, 16}, notes[i], "soft",
                 i == 1 ? Anchor::end : Anchor::start);
    }
    draw_axis_names(svg, plane, "→ nats from the old model, ↑ share of a thousand names");
    return svg.str();
}

}  // namespace

std::vector<Picture> chapter_11() {
    return {{"11-letters.svg", letters_picture},
            {"11-sizes.svg", sizes_picture},
            {"11-tuning.svg", tuning_picture},
            {"11-preference.svg", preference_picture},
            {"11-rotary.svg", rotary_picture}};
}

}  // namespace microgpt::pictures
