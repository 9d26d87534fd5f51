// The token embedding in two dimensions: its principal components, with a letter for each row.
#include <cmath>
#include <numeric>

#include "model.hpp"
#include "pictures.hpp"
#include "plot/labels.hpp"
#include "plot/svg.hpp"

namespace microgpt::pictures {

namespace {

using plot::Anchor;
using plot::Point;
using plot::Svg;

using Numbers = std::vector<double>;

double dot(const Numbers& a, const Numbers& b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

void add(Numbers& to, double factor, const Numbers& x) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] += factor * x[i];
}

// ---- Principal components

/// The rows of wte, less their mean.
std::vector<Numbers> centred_rows(const Model& model) {
    const Numbers wte = matrix_of(*model.engine, "wte");
    const std::size_t n = model.engine->config().n_embd;
    std::vector<Numbers> rows;
    Numbers mean(n);
    for (auto row = wte.begin(); row != wte.end(); row += static_cast<std::ptrdiff_t>(n)) {
        rows.emplace_back(row, row + static_cast<std::ptrdiff_t>(n));
        add(mean, static_cast<double>(n) / static_cast<double>(wte.size()), rows.back());
    }
    for (Numbers& row : rows) add(row, -1, mean);
    return rows;
}

/// The direction along which the rows differ most, by power iteration: what the covariance matrix
/// turns any vector towards.
Numbers principal_direction(const std::vector<Numbers>& rows) {
    Numbers direction(rows.front().size(), 1);
    for (int round = 0; round < 500; ++round) {
        Numbers turned(direction.size());
        for (const Numbers& row : rows) add(turned, dot(row, direction), row);
        const double length = std::sqrt(dot(turned, turned));
        direction.assign(direction.size(), 0);
        add(direction, 1 / length, turned);
    }
    return direction;
}

/// Where each row stands along such a direction, which is then taken out of the rows.
Numbers principal_component(std::vector<Numbers>& rows) {
    const Numbers direction = principal_direction(rows);
    Numbers component;
    for (Numbers& row : rows) {
        component.push_back(dot(row, direction));
        add(row, -component.back(), direction);
    }
    return component;
}

double variance(const std::vector<Numbers>& rows) {
    double sum = 0;
    for (const Numbers& row : rows) sum += dot(row, row);
    return sum;
}

// ---- The picture

/// Where the letters are written: at their places, but one above the other where they would touch.
std::vector<Point> places_of(const Numbers& x, const Numbers& y) {
    constexpr double scale = 276;
    std::vector<Point> places;
    for (std::size_t i = 0; i < x.size(); ++i)
        places.push_back({300 + scale * x[i], 154 - scale * y[i]});
    for (Point& a : places) {
        for (Point& b : places) {
            const double missing = 15 - (b.y - a.y);
            if (std::fabs(a.x - b.x) > 10 || b.y <= a.y || missing <= 0) continue;
            a.y -= missing / 2;
            b.y += missing / 2;
        }
    }
    return places;
}

}  // namespace

std::string embedding_picture() {
    const Model model = model_after(1000);
    std::vector<Numbers> rows = centred_rows(model);
    const double all = variance(rows);
    const Numbers x = principal_component(rows);
    const Numbers y = principal_component(rows);
    const std::vector<Point> places = places_of(x, y);

    Svg svg(540, 396, "The trained token embedding, in two dimensions",
            "The letters as points. The five vowels, circled, stand together on the left, with y "
            "on the way to them; all other letters are on the right. p, c, g and s stand together "
            "below, v and l at the far right.");
    svg.rect({0.5, 0.5}, 539, 359, "line rule");
    const std::vector<std::string> names = model.names();
    for (std::size_t i = 0; i < names.size(); ++i) {
        const bool is_vowel = std::string("aeiou").find(names[i]) != std::string::npos;
        if (is_vowel) svg.circle(places[i], 12, "line orange");
        svg.text({places[i].x, places[i].y + 4.5}, i + 1 < names.size() ? names[i] : "BOS",
                 is_vowel ? "strong orange" : "", Anchor::middle);
    }
    const std::string shares[] = {plot::percent(dot(x, x) / all), plot::percent(dot(y, y) / all)};
    svg.text({0, 388}, "→ first principal component, " + shares[0] + " of the variance", "soft");
    svg.text({540, 388}, "↑ the second, " + shares[1], "soft", Anchor::end);
    return svg.str();
}

}  // namespace microgpt::pictures
