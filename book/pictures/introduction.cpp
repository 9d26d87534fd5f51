// The introduction's picture: the modules that the trainer stands on, as a ladder.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <stdexcept>

#include "pictures.hpp"
#include "plot/svg.hpp"

namespace microgpt::pictures {

namespace {

using plot::Anchor;
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

/// A module, and what it includes.
struct Module {
    std::size_t chapter;
    std::set<std::string> below = {};
    std::set<std::string> reached = {};  // those, and all that they reach
    std::size_t row = 0;                 // under the lowest that it includes
};

std::map<std::string, Module> read_modules() {
    std::map<std::string, Module> modules;
    for (std::size_t chapter = 1; chapter <= chapters; ++chapter) {
        const std::string list = "set\\(modules_0" + std::to_string(chapter) + " ([^)]*)\\)";
        for (const std::string& path :
             all_of(all_of(source("CMakeLists.txt"), list).at(0), "(\\S+)")) {
            const std::string text =
                source("microgpt/" + path + ".hpp") + source("microgpt/" + path + ".cpp");
            const std::string name = path.substr(path.rfind('/') + 1);
            Module module = {chapter};
            for (const std::string& other :
                 all_of(text, "#include \"microgpt/[\\w/]*?(\\w+)\\.hpp\"")) {
                if (other == name) continue;
                const Module& included = modules.at(other);  // which comes earlier in the book
                module.below.insert(other);
                module.reached.insert(other);
                module.reached.insert(included.reached.begin(), included.reached.end());
                module.row = std::max(module.row, included.row + 1);
            }
            modules.emplace(name, std::move(module));
        }
    }
    return modules;
}

/// Whether a module would reach another one even if it did not include it.
bool is_detour(const std::map<std::string, Module>& modules, const Module& from,
               const std::string& to) {
    return std::ranges::any_of(from.below, [&](const std::string& between) {
        return modules.at(between).reached.contains(to);
    });
}

// ---- And drawn

constexpr double box_width = 120;
constexpr double box_height = 30;
constexpr double column_pitch = 139.5;
constexpr double row_pitch = 46;

/// Most stand in the first column; these beside it.
std::size_t column_of(const std::string& name) {
    static const std::map<std::string, std::size_t> columns = {
        {"dot", 1}, {"error", 2}, {"attention", 1}, {"descent", 2}, {"adam", 3}};
    const auto found = columns.find(name);
    return found == columns.end() ? 0 : found->second;
}

/// The middle of a module's box.
Point middle_of(const std::string& name, const Module& module) {
    return {1 + box_width / 2 + column_pitch * static_cast<double>(column_of(name)),
            1 + box_height / 2 + row_pitch * static_cast<double>(module.row)};
}

std::string color_of(const Module& module) {
    const char* colors[] = {"blue", "teal", "green", "orange", "red", "purple", "brown"};
    return colors[module.chapter - 1];  // as on the 200 lines
}

/// Down to a module from one that it includes: out of the side to a column on the right, and into
/// the side from one.
void draw_line(Svg& svg, Point above, Point below) {
    std::vector<Point> way = {above, below};
    if (above.x < below.x) way.insert(way.begin() + 1, {below.x, above.y});
    if (above.x > below.x) way.insert(way.begin() + 1, {above.x, below.y});
    const double into = above.x > below.x ? box_width / 2 : 0;
    way.front().x += above.x < below.x ? box_width / 2 : 0;
    way.front().y += above.x < below.x ? 0 : box_height / 2;
    way.back() = {below.x + into, below.y - (into > 0 ? 0 : box_height / 2)};
    svg.polyline(way, "line soft");
}

std::string modules_picture() {
    const std::map<std::string, Module> modules = read_modules();
    const Module& trainer = modules.at("trainer");
    Svg svg(540, row_pitch * static_cast<double>(trainer.row) + box_height + 2,
            "What the trainer stands on",
            "A ladder of modules, each with its chapter. From place, gradients, tape and value of "
            "chapter 1 it goes down by way of ops, vector, matrix and layers to mlp and attention, "
            "which meet in gpt, and over finite to trainer, the last. Beside it descent and adam, "
            "which need no more than vector, lead to trainer, too.");
    std::set<std::pair<std::size_t, std::size_t>> taken;  // rows and columns
    for (const auto& [name, module] : modules) {
        if (name != "trainer" && !trainer.reached.contains(name)) continue;
        const Point middle = middle_of(name, module);
        if (!taken.emplace(module.row, column_of(name)).second)
            throw std::logic_error(name + " needs a column");
        for (const std::string& other : module.below) {
            if (!is_detour(modules, module, other))
                draw_line(svg, middle_of(other, modules.at(other)), middle);
        }
        svg.rect({middle.x - box_width / 2, middle.y - box_height / 2}, box_width, box_height,
                 "line card " + color_of(module));
        svg.text({middle.x - box_width / 2 + 12, middle.y + 5}, name, "strong " + color_of(module));
        svg.text({middle.x + box_width / 2 - 12, middle.y + 5}, std::to_string(module.chapter),
                 "soft", Anchor::end);
    }
    return svg.str();
}

}  // namespace

std::vector<Picture> introduction() { return {{"introduction-modules.svg", modules_picture}}; }

}  // namespace microgpt::pictures
