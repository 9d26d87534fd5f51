// The tape of a·b + a, and the walk back over it.
#include "microgpt/autograd/value.hpp"
#include "pictures.hpp"
#include "plot/diagram.hpp"
#include "plot/labels.hpp"

namespace microgpt::pictures {

namespace {

using plot::Anchor;
using plot::Point;
using plot::Svg;

struct Record {
    std::string name;
    Value value;
    std::string made_of;
    std::vector<double> slopes;  // along each operand
};

constexpr double margin = 76;  // for what the rows are
constexpr double pitch = 116;  // from a record to the next
constexpr double box = 100;
constexpr double records_top = 8;
constexpr double line_height = 21;
constexpr double walk_top = 160;
constexpr double walk_step = 84;
constexpr double walk_box = 30;

double middle(std::size_t place) { return margin + pitch * static_cast<double>(place) + pitch / 2; }

void draw_record(Svg& svg, const Record& record, std::size_t place) {
    svg.rect({middle(place) - box / 2, records_top}, box, 5 * line_height + 12, "line card soft");
    std::string slopes;
    for (const double slope : record.slopes) {
        slopes += (slopes.empty() ? "" : ", ") + plot::number(slope);
    }
    double y = records_top;
    const auto row = [&](const std::string& text, const char* style) {
        y += line_height;
        svg.text({middle(place), y}, text, style, Anchor::middle);
    };
    row(std::to_string(place), "soft");
    row(record.name, "strong");
    row(plot::number(record.value.data()), "");
    row(record.made_of, "");
    row(slopes.empty() ? "none" : slopes, slopes.empty() ? "soft" : "blue");
}

void draw_gradients(Svg& svg, const std::vector<double>& gradients, double top,
                    std::size_t visited) {
    for (std::size_t i = 0; i < gradients.size(); ++i) {
        svg.rect({middle(i) - box / 2, top}, box, walk_box,
                 i == visited ? "line bold orange" : "line card soft");
        svg.text({middle(i), top + 20}, plot::number(gradients[i]),
                 gradients[i] == 0 ? "soft" : "strong orange", Anchor::middle);
    }
}

/// What the visited record passes on to those it was made of.
void pass_on(Svg& svg, const Record& record, std::vector<double>& gradients, std::size_t place,
             double top) {
    const std::vector<Index> operands = Tape::current().operands(record.value);
    for (std::size_t i = 0; i < operands.size(); ++i) {
        const std::string slope = plot::number(record.slopes[i]);
        const Point tip = {middle(operands[i]), top + walk_step - 2};
        const double bend = top + walk_box + 16;
        plot::draw_arrow(
            svg, {{middle(place), top + walk_box}, {middle(place), bend}, {tip.x, bend}, tip},
            "orange");
        svg.text({tip.x + 9, tip.y - 8},
                 "+ " + (slope[0] == '-' ? "(" + slope + ")" : slope) + " · " +
                     plot::number(gradients[place]),
                 "blue");
        gradients[operands[i]] += record.slopes[i] * gradients[place];
    }
}

}  // namespace

std::string tape_picture() {
    Tape tape;
    const Value a(2);
    const Value b(-3);
    const Value product = a * b;
    const Value c = product + a;
    const std::vector<Record> records = {{"a", a, "leaf", {}},
                                         {"b", b, "leaf", {}},
                                         {"a·b", product, "0 times 1", {b.data(), a.data()}},
                                         {"c", c, "2 plus 0", {1, 1}}};
    Svg svg(margin + 4 * pitch, walk_top + 2 * walk_step + walk_box + 8, "The tape of c = a·b + a",
            "Four records side by side: a, b, their product and the sum c. Below, the gradients "
            "while the tape is walked from right to left. c begins with 1 and adds 1 to the "
            "product's gradient and to a's; the product adds -3 to a's and 2 to b's. At the end a "
            "has -2 and b has 2.");
    double y = records_top;
    for (const char* row : {"place", "number", "data", "made of", "slopes"}) {
        svg.text({0, y += line_height}, row, "soft");
    }
    for (std::size_t i = 0; i < records.size(); ++i) draw_record(svg, records[i], i);

    std::vector<double> gradients(records.size());
    gradients.back() = 1;
    double top = walk_top;
    svg.text({0, top + 20}, "start");
    for (const std::size_t place : {std::size_t{3}, std::size_t{2}}) {
        draw_gradients(svg, gradients, top, place);
        pass_on(svg, records[place], gradients, place, top);
        top += walk_step;
        svg.text({0, top + 20}, "after " + records[place].name);
    }
    draw_gradients(svg, gradients, top, records.size());
    return svg.str();
}

}  // namespace microgpt::pictures
