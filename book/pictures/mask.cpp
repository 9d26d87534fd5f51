// The mask beside the cache: all scores of a head at once, and what softmax leaves of them.
#include <cmath>
#include <limits>

#include "looks_back.hpp"
#include "pictures.hpp"
#include "plot/labels.hpp"
#include "plot/svg.hpp"

namespace microgpt::pictures {

namespace {

using plot::Anchor;
using plot::Point;
using plot::Svg;

constexpr double score_cell = 34;  // wide enough for a minus
constexpr double share_cell = 28;
constexpr double height = 30;
constexpr Index head = 1;  // the one that the chapter calls head 2

using Table = std::vector<std::vector<double>>;

/// Every query against every key, as one product of matrices gives them.
Table scores_of(const std::vector<Vector>& queries, const std::vector<Vector>& keys) {
    Table scores;
    for (const Vector& query : queries) {
        scores.emplace_back();
        for (const Vector& key : keys) {
            scores.back().push_back(dot(query, key).data() / std::sqrt(query.size()));
        }
    }
    return scores;
}

void mask(Table& scores) {
    for (std::size_t row = 0; row < scores.size(); ++row) {
        for (std::size_t column = row + 1; column < scores.size(); ++column) {
            scores[row][column] = -std::numeric_limits<double>::infinity();
        }
    }
}

/// Row by row; e to the power of minus infinity is 0.
Table softmax_of(const Table& scores) {
    Table shares = scores;
    for (std::vector<double>& row : shares) {
        double sum = 0;
        for (double& x : row) sum += x = std::exp(x);
        for (double& x : row) x /= sum;
    }
    return shares;
}

void draw_frame(Svg& svg, Point corner, double cell, const std::vector<std::string>& letters,
                const char* title) {
    svg.text({corner.x, corner.y - 32}, title, "strong");
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const auto place = static_cast<double>(i);
        svg.text({corner.x + cell * (place + 0.5), corner.y - 8}, letters[i], "strong",
                 Anchor::middle);
        svg.text({corner.x - 10, corner.y + height * place + 20}, letters[i], "strong",
                 Anchor::middle);
    }
}

void draw_cell(Svg& svg, Point corner, double cell, const std::string& text, const char* style,
               double shade) {
    svg.path(plot::step('M', corner) + "h" + plot::number(cell - 2) + "v" +
                 plot::number(height - 2) + "h" + plot::number(2 - cell) + "z",
             "fill shade", shade);
    svg.text({corner.x + cell / 2 - 1, corner.y + 19}, text, style, Anchor::middle);
}

}  // namespace

std::string mask_picture() {
    Tape tape;
    const TrainedToLookBack trained;
    const Attention& attention = trained.network.attention;
    std::vector<Index> tokens = trained.tokenizer.encode("emma");
    tokens.pop_back();
    std::vector<std::string> letters;
    std::vector<Vector> queries;
    std::vector<Vector> keys;
    for (Index t = 0; t < tokens.size(); ++t) {
        const bool is_start = tokens[t] == trained.tokenizer.bos();
        letters.push_back(is_start ? "·" : trained.tokenizer.character(tokens[t]));
        const Vector x = trained.network.embed(tokens[t], t);
        const auto of_head = [&](const Matrix& w) {
            return linear(x, w).slice(head * attention.head_dim, attention.head_dim);
        };
        queries.push_back(of_head(attention.wq));
        keys.push_back(of_head(attention.wk));
    }
    Table scores = scores_of(queries, keys);
    mask(scores);
    const Table shares = softmax_of(scores);

    Svg svg(356, 206, "The mask that hides the future",
            "Two tables for emma in head 2, a row for each position that reads and a column for "
            "each it could listen to. On the left the scores of all pairs, with minus infinity at "
            "the upper right, where the column is later than the row. On the right the shares that "
            "softmax makes of each row: at the upper right they are 0.");
    const Point left = {16, 50};
    const Point right = {356 - 5 * share_cell, 50};
    draw_frame(svg, left, score_cell, letters, "scores, masked");
    draw_frame(svg, right, share_cell, letters, "shares in %");
    for (std::size_t row = 0; row < letters.size(); ++row) {
        for (std::size_t column = 0; column < letters.size(); ++column) {
            const auto place = static_cast<double>(column);
            const double y = height * static_cast<double>(row);
            const bool future = column > row;
            const double share = shares[row][column];
            draw_cell(svg, {left.x + score_cell * place, left.y + y}, score_cell,
                      future ? "−∞" : plot::fixed_number(scores[row][column], 1),
                      future ? "soft" : "", future ? 0 : 0.08);
            draw_cell(svg, {right.x + share_cell * place, right.y + y}, share_cell,
                      plot::number(std::round(100 * share)),
                      future         ? "soft"
                      : share > 0.74 ? "on-shade"
                                     : "on-tint",
                      future ? 0 : 0.08 + 0.92 * share);
        }
    }
    return svg.str();
}

}  // namespace microgpt::pictures
