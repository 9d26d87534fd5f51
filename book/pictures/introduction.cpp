// The introduction's picture: the modules, and what each of them stands on.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>

#include "pictures.hpp"
#include "plot/svg.hpp"

namespace microgpt::pictures {

namespace {

using plot::Point;
using plot::Svg;

// ---- Read from the files

constexpr std::size_t chapters = 8;

/// Empty if there is no such file.
std::string source(const std::string& path) {
    std::ifstream in(MICROGPT_SOURCE_DIR "/src/" + path);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> all_of(const std::string& text, const std::string& pattern) {
    const std::regex wanted(pattern);
    std::vector<std::string> found;
    for (std::sregex_iterator i(text.begin(), text.end(), wanted), end; i != end; ++i) {
        found.push_back((*i)[1]);
    }
    return found;
}

/// A line of the picture: a module, or the whole last chapter.
struct Row {
    std::string name;
    std::size_t chapter;
    std::set<std::size_t> below = {};    // the rows that it includes something of
    std::set<std::size_t> reached = {};  // those, and all that they reach
    double y = 0;
};

std::vector<Row> read_rows() {
    std::vector<Row> rows;
    std::map<std::string, std::size_t> row_of;
    for (std::size_t chapter = 1; chapter <= chapters; ++chapter) {
        const std::string list = "set\\(modules_0" + std::to_string(chapter) + " ([^)]*)\\)";
        const auto modules = all_of(all_of(source("CMakeLists.txt"), list).at(0), "(\\S+)");
        const bool last = chapter == chapters;
        if (last) rows.push_back({std::to_string(modules.size()) + " modules", chapter});
        for (const std::string& module : modules) {
            if (!last) rows.push_back({module.substr(module.rfind('/') + 1), chapter});
            row_of[module] = rows.size() - 1;
        }
    }
    for (const auto& [module, row] : row_of) {
        const std::string path = "microgpt/" + module;
        const std::string text = source(path + ".hpp") + source(path + ".cpp");
        for (const std::string& included : all_of(text, "#include \"microgpt/([\\w/]+)\\.hpp\"")) {
            if (row_of.at(included) != row) rows[row].below.insert(row_of.at(included));
        }
    }
    for (Row& row : rows) {
        row.reached = row.below;
        for (const std::size_t there : row.below) row.reached.merge(std::set(rows[there].reached));
    }
    return rows;
}

/// Whether a row would reach another one even if it did not include it.
bool is_detour(const std::vector<Row>& rows, const Row& from, std::size_t to) {
    return std::ranges::any_of(
        from.below, [&](std::size_t between) { return rows[between].reached.contains(to); });
}

// ---- And drawn

constexpr double line_height = 20;
constexpr double gap = 12;  // between chapters
constexpr double padding = 6;
constexpr double card_width = 242;
constexpr double bulge = 0.48;  // how far a line goes to the side, for its height

std::string color_of(const Row& row) {
    const char* colors[] = {"blue", "orange", "green", "purple"};
    return colors[(row.chapter - 1) % 4];
}

/// Gives each row its height. Returns where the last one's card ends.
double place(std::vector<Row>& rows) {
    double y = 1 - gap - padding;
    std::size_t chapter = 0;
    for (Row& row : rows) {
        if (row.chapter != chapter) y += gap + 2 * padding;
        chapter = row.chapter;
        row.y = y + line_height / 2;
        y += line_height;
    }
    return y + padding;
}

void draw_card(Svg& svg, const std::vector<Row>& rows, std::size_t chapter) {
    const auto first = std::ranges::find(rows, chapter, &Row::chapter);
    const auto count = static_cast<double>(std::ranges::count(rows, chapter, &Row::chapter));
    svg.rect({1, first->y - line_height / 2 - padding}, card_width,
             count * line_height + 2 * padding, "line card " + color_of(*first));
    svg.text({14, first->y + 5}, "Chapter " + std::to_string(chapter),
             "strong " + color_of(*first));
}

void draw_line(Svg& svg, const Row& from, const Row& to, const std::string& weight) {
    const Point start = {card_width + 1, from.y};
    const Point end = {card_width + 1, to.y};
    const double side = start.x + bulge * (from.y - to.y);
    svg.path(plot::step('M', start) + plot::step('C', {side, start.y}) +
                 plot::step(' ', {side, end.y}) + plot::step(' ', end),
             "line " + weight + color_of(from));
}

std::string modules_picture() {
    std::vector<Row> rows = read_rows();
    const double height = place(rows) + 1;
    const auto trainer = std::ranges::find(rows, "trainer", &Row::name);
    Svg svg(480, height, "The modules, and what each stands on",
            "Seven cards, one a chapter, with the names of its modules, and one for all those of "
            "chapter 8. Lines lead up from each module to what it includes. The bold ones are a "
            "chain from place to layers, over attention and mlp to gpt, and with descent and adam "
            "to trainer. Modules for files and downloads stand beside it and meet it in run.");
    for (std::size_t chapter = 1; chapter <= chapters; ++chapter) draw_card(svg, rows, chapter);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const bool bold = &rows[i] == &*trainer || trainer->reached.contains(i);
        svg.text({106, rows[i].y + 5}, rows[i].name, bold ? "strong" : "");
        for (const std::size_t to : rows[i].below) {
            if (!is_detour(rows, rows[i], to))
                draw_line(svg, rows[i], rows[to], bold ? "bold " : "");
        }
        svg.circle({card_width + 1, rows[i].y}, 3, "fill soft");
    }
    return svg.str();
}

}  // namespace

std::vector<Picture> introduction() { return {{"introduction-modules.svg", modules_picture}}; }

}  // namespace microgpt::pictures
