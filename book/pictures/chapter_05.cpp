// The pictures of chapter 5: the matrices to scale, and a first guess.
#include "microgpt/model/gpt.hpp"
#include "model.hpp"
#include "pictures.hpp"
#include "plot/labels.hpp"
#include "plot/share_bars.hpp"
#include "plot/svg.hpp"

namespace microgpt::pictures {

namespace {

using plot::Anchor;
using plot::Point;
using plot::Svg;

constexpr GptConfig config = {.vocab_size = 27};

/// "27 × 16", for the matrix of that name.
std::string size_of(const Shape& shape) {
    return std::to_string(shape.rows) + " × " + std::to_string(shape.columns);
}

std::string short_name(const Shape& shape) { return shape.name.substr(shape.name.find('.') + 1); }

// ---- The matrices to scale

/// A rectangle with a side of 4.5 pixels for each row and column, its name above, its size below.
void draw_matrix(Svg& svg, const Shape& shape, Point corner, const char* color) {
    constexpr double scale = 4.5;
    const double width = scale * shape.columns;
    const double height = scale * shape.rows;
    std::string squares;
    for (Index i = 1; i < shape.rows; ++i) {
        squares += plot::step('M', {corner.x, corner.y + scale * i}) + "h" + plot::number(width);
    }
    for (Index i = 1; i < shape.columns; ++i) {
        squares += plot::step('M', {corner.x + scale * i, corner.y}) + "v" + plot::number(height);
    }
    const std::string style = color;
    svg.path(squares, "line faint " + style);
    svg.rect(corner, width, height, "line card " + style);
    const double middle = corner.x + width / 2;
    svg.text({middle, corner.y - 8}, short_name(shape), "strong " + style, Anchor::middle);
    svg.text({middle, corner.y + height + 18}, size_of(shape), "", Anchor::middle);
    svg.text({middle, corner.y + height + 35}, std::to_string(shape.rows * shape.columns), "soft",
             Anchor::middle);
}

std::string matrices_picture() {
    struct Place {
        Point corner;
        const char* color;
    };
    const Place places[] = {{{2, 26}, "blue"},      {{100, 26}, "blue"},    {{198, 26}, "purple"},
                            {{2, 226}, "orange"},   {{100, 226}, "orange"}, {{198, 226}, "orange"},
                            {{296, 226}, "orange"}, {{394, 26}, "green"},   {{2, 376}, "green"}};
    Svg svg(470, 486, "The nine matrices, to scale",
            "Rectangles with a square for each parameter: wte and lm_head, 27 rows of 16; wpe, 16 "
            "by 16; attention's wq, wk, wv and wo, 16 by 16 each; and the MLP's fc1, 64 by 16, and "
            "fc2, 16 by 64, each as large as the four of attention together.");
    std::size_t i = 0;
    Index all = 0;
    for (const Shape& shape : shapes(config)) {
        draw_matrix(svg, shape, places[i].corner, places[i].color);
        all += shape.rows * shape.columns;
        ++i;
    }
    svg.text({430, 440}, "together", "soft", Anchor::middle);
    svg.text({430, 459}, std::to_string(all), "strong", Anchor::middle);
    return svg.str();
}

// ---- What it says before it has learned anything

std::string untrained_picture() {
    const Model untrained = model_after(0);
    return plot::share_bars(
        "The first letter, before and after training",
        "The shares that the model gives to each of 27 tokens at the start of a name, as bars: "
        "untrained, all between 1 and 7 in a hundred; trained, a has 14, j, k, m and s have 7 to "
        "9, q, u, w, x and the end less than one.",
        untrained.names(),
        {{"untrained", untrained.next("")}, {"after 1000 steps", model_after(1000).next("")}},
        plot::Reference{1.0 / config.vocab_size, "1/27"});
}

}  // namespace

std::vector<Picture> chapter_05() {
    return {{"05-residual.svg", residual_picture},
            {"05-matrices.svg", matrices_picture},
            {"05-untrained.svg", untrained_picture}};
}

}  // namespace microgpt::pictures
