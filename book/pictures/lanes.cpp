// Lanes: where the fast engine keeps numbers, and how it multiplies them.
#include "microgpt/engines/fast/simd_jobs.hpp"
#include "microgpt/model/layers.hpp"
#include "model.hpp"
#include "pictures.hpp"
#include "plot/diagram.hpp"
#include "plot/labels.hpp"

namespace microgpt::pictures {

namespace {

using plot::Anchor;
using plot::Point;
using plot::Svg;

constexpr std::size_t lanes = 8;  // doubles in a register of 512 bits
constexpr double picture_width = 540;

/// A row of cells, each with a number in it.
void draw_cells(Svg& svg, Point corner, double width, const std::vector<std::string>& numbers,
                const std::string& style) {
    constexpr double height = 24;
    for (const std::string& number : numbers) {
        svg.path(plot::step('M', corner) + plot::step('L', {corner.x + width, corner.y}) +
                     plot::step('L', {corner.x + width, corner.y + height}) +
                     plot::step('L', {corner.x, corner.y + height}) + "z",
                 "line card " + style);
        svg.text({corner.x + width / 2, corner.y + 17}, number, "", Anchor::middle);
        corner.x += width;
    }
}

std::vector<std::string> texts(std::span<const double> numbers) {
    std::vector<std::string> found;
    for (const double x : numbers) found.push_back(plot::fixed_number(x, 2));
    return found;
}

// ---- In memory

void draw_panels(Svg& svg, double top) {
    constexpr double cell = 27;
    constexpr double left = 76;
    constexpr std::size_t positions = 4;
    constexpr std::size_t n_embd = 16;
    const std::size_t panels = simd::padded(n_embd, lanes) / lanes;
    std::size_t place = 0;
    for (std::size_t panel = 0; panel < panels; ++panel) {
        const double x = left + static_cast<double>(panel) * (lanes * cell + 24);
        const std::string features =
            std::to_string(panel * lanes) + " to " + std::to_string((panel + 1) * lanes - 1);
        svg.text({x + lanes * cell / 2, top}, "features " + features, "", Anchor::middle);
        for (std::size_t row = 0; row < positions; ++row) {
            const double y = top + 10 + 24 * static_cast<double>(row);
            std::vector<std::string> places;
            for (std::size_t i = 0; i < lanes; ++i) places.push_back(std::to_string(place++));
            draw_cells(svg, {x, y}, cell, places, "soft");
            if (panel == 0) svg.text({0, y + 17}, "position " + std::to_string(row), "soft");
        }
    }
    svg.rect({left - 1, top + 33}, lanes * cell + 2, 26, "line bold orange");
    svg.text({left, top + 126}, "framed: one register, eight features of a position", "orange");
}

// ---- A product

/// What attention reads at the start of a name: the 16 features of BOS at position 0.
Vector start_of(const Model& model) {
    const std::vector<double> wte = matrix_of(*model.engine, "wte");
    const std::vector<double> wpe = matrix_of(*model.engine, "wpe");
    const std::size_t n_embd = model.engine->config().n_embd;
    std::vector<double> x(wpe.begin(), wpe.begin() + static_cast<std::ptrdiff_t>(n_embd));
    for (std::size_t i = 0; i < n_embd; ++i) x[i] += wte[model.tokenizer.bos() * n_embd + i];
    return rmsnorm(rmsnorm(vector_of(x)));
}

void draw_product(Svg& svg, double top, std::span<const double> x, const std::vector<double>& wq) {
    constexpr double left = 152;
    constexpr double cell = (picture_width - 1 - left) / lanes;
    constexpr double middle = 78;  // of the column for x
    svg.text({middle, top}, "x[k]", "strong blue", Anchor::middle);
    svg.text({left + cell * lanes / 2, top}, "row k of a panel: one register", "strong green",
             Anchor::middle);
    std::vector<double> sums(lanes);
    double y = top + 10;
    for (std::size_t k = 0; k < x.size(); ++k) {
        std::vector<double> row;
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            row.push_back(wq[lane * x.size() + k]);
            sums[lane] += x[k] * row.back();
        }
        if (k == 3) {
            for (const double at : {middle, left + cell * lanes / 2})
                svg.text({at, y + 17}, "…", "soft", Anchor::middle);
            y += 24;
        }
        if (k >= 3 && k + 1 < x.size()) continue;
        svg.text({0, y + 17}, "k = " + std::to_string(k), "soft");
        draw_cells(svg, {middle - cell / 2, y}, cell, texts({&x[k], 1}), "blue");
        svg.text({128, y + 17}, "×", "", Anchor::middle);
        draw_cells(svg, {left, y}, cell, texts(row), "green");
        y += 30;
    }
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        const double at = left + cell * (static_cast<double>(lane) + 0.5);
        draw_arrow(svg, {{at, y}, {at, y + 22}}, "soft");
    }
    draw_cells(svg, {left, y + 26}, cell, texts(sums), "orange");
    svg.text({0, y + 43}, "sums, one a lane", "strong orange");
}

}  // namespace

std::string lanes_picture() {
    const Model model = model_after(1000);
    const Tape tape;
    Svg svg(picture_width, 446, "Panels and lanes",
            "Above, a matrix of 4 positions and 16 features, each cell with its place in memory: "
            "features 0 to 7 of all positions come first, 0 to 31, then features 8 to 15. Eight "
            "neighbours fill one register. Below, a product: each number of x is multiplied with a "
            "row of eight weights, and the results are added down eight lanes, never across.");
    svg.text({0, 14}, "A matrix, and where its numbers stand in memory", "strong");
    draw_panels(svg, 42);
    svg.text({0, 210}, "A product: eight numbers of a query at once", "strong");
    draw_product(svg, 240, start_of(model).data(), matrix_of(*model.engine, "layer0.attn_wq"));
    return svg.str();
}

}  // namespace microgpt::pictures
