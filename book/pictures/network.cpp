// Chapter 3's network: columns of numbers, and the matrices between them.
#include <algorithm>
#include <cmath>

#include "bigram.hpp"
#include "pictures.hpp"
#include "plot/diagram.hpp"

namespace microgpt::pictures {

namespace {

using plot::Anchor;
using plot::Svg;

constexpr double cell = 5;
constexpr double column_width = 20;
constexpr double middle = 192;  // of every column's height

struct Column {
    std::string below;
    std::vector<double> numbers;
    double left;

    double height() const { return cell * static_cast<double>(numbers.size()); }
    double top() const { return middle - height() / 2; }
    double bottom() const { return middle + height() / 2; }
    double right() const { return left + column_width; }
    double centre() const { return left + column_width / 2; }
};

void draw_column(Svg& svg, const Column& column) {
    double largest = 0;
    for (const double number : column.numbers) largest = std::max(largest, std::fabs(number));
    double y = column.top();
    for (const double number : column.numbers) {
        svg.path(plot::step('M', {column.left, y}) + "h20v4h-20z", "fill shade",
                 0.1 + 0.9 * std::fabs(number) / largest);
        y += cell;
    }
    svg.text({column.centre(), 376}, std::to_string(column.numbers.size()), "strong",
             Anchor::middle);
    svg.text({column.centre(), 396}, column.below, "soft", Anchor::middle);
}

void draw_matrix(Svg& svg, const std::string& name, const Matrix& matrix, const Column& from,
                 const Column& to) {
    constexpr double gap = 5;
    svg.path(plot::step('M', {from.right() + gap, from.top()}) +
                 plot::step('L', {to.left - gap, to.top()}) +
                 plot::step('L', {to.left - gap, to.bottom()}) +
                 plot::step('L', {from.right() + gap, from.bottom()}) + "z",
             "line card soft");
    const double x = (from.right() + to.left) / 2;
    svg.text({x, middle - 5}, name, "strong", Anchor::middle);
    svg.text({x, middle + 15},
             std::to_string(matrix.rows()) + " × " + std::to_string(matrix.columns()), "",
             Anchor::middle);
}

/// What goes past the multilayer perceptron and is added to what it found.
void draw_bypass(Svg& svg, const Column& from, const Column& to) {
    constexpr double top = 22;
    plot::draw_arrow(svg,
                     {{from.centre(), from.top() - 4},
                      {from.centre(), top},
                      {to.centre(), top},
                      {to.centre(), to.top() - 3}},
                     "soft");
    svg.text({(from.centre() + to.centre()) / 2, top - 8}, "x goes past, and is added", "soft",
             Anchor::middle);
}

std::vector<double> numbers_of(Vector x) { return {x.data().begin(), x.data().end()}; }

}  // namespace

std::string network_picture() {
    Lesson lesson;
    Tape tape;
    const Bigram network(lesson.tokenizer.vocab_size(), lesson.random);
    train(network, lesson);

    const Index token = lesson.tokenizer.tokens("m").front();
    const Vector x = rmsnorm(network.wte.row(token));
    const Vector features = relu(linear(x, network.mlp.fc1));
    const Vector sum = x + linear(features, network.mlp.fc2);
    const Vector shares = softmax(linear(sum, network.lm_head));
    std::vector<double> letter(lesson.tokenizer.vocab_size());
    letter[token] = 1;

    std::vector<Column> columns = {{"letter", letter, 0},
                                   {"x", numbers_of(x), 0},
                                   {"features", numbers_of(features), 0},
                                   {"sum", numbers_of(sum), 0},
                                   {"shares", numbers_of(shares), 0}};
    const auto firing =
        std::ranges::count_if(features.data(), [](double feature) { return feature > 0; });
    Svg svg(540, 404, "A network with one letter of memory",
            "The numbers while the trained network reads an m, from left to right, the larger the "
            "stronger: 27 letters of which one is on, 16 numbers from a row of wte, 64 features of "
            "which relu has left " +
                std::to_string(firing) +
                " on, 16 numbers again, and 27 shares, of which those of a, e and i stand out. "
                "Between them stand the matrices with their sizes.");
    double left = 28;
    for (Column& column : columns) {
        column.left = left;
        left += 116;
        draw_column(svg, column);
    }
    draw_matrix(svg, "wte", network.wte, columns[0], columns[1]);
    draw_matrix(svg, "fc1", network.mlp.fc1, columns[1], columns[2]);
    draw_matrix(svg, "fc2", network.mlp.fc2, columns[2], columns[3]);
    draw_matrix(svg, "lm_head", network.lm_head, columns[3], columns[4]);
    draw_bypass(svg, columns[1], columns[3]);
    const auto beside = [&](const Column& column, double x_of_text, Index of, Anchor anchor) {
        const double y = column.top() + cell * of + 7;
        svg.text({x_of_text, y}, lesson.tokenizer.character(of), "strong", anchor);
    };
    beside(columns[0], columns[0].left - 8, token, Anchor::end);
    for (Index next = 0; next < lesson.tokenizer.bos(); ++next) {
        if (shares[next].data() < 0.1) continue;
        beside(columns[4], columns[4].right() + 8, next, Anchor::start);
    }
    return svg.str();
}

}  // namespace microgpt::pictures
