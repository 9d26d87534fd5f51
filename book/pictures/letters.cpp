// Letters: in how many names each of them comes, before they are cleaned and after.
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "microgpt/data/text.hpp"
#include "microgpt/files/file.hpp"
#include "pictures.hpp"
#include "plot/labels.hpp"
#include "plot/svg.hpp"
#include "towns.hpp"

namespace microgpt::pictures {

namespace {

using plot::Anchor;
using plot::Svg;

std::vector<double> counts(const Names& names) {
    std::map<std::string_view, double> by_letter;
    for (const std::string& name : names) {
        std::set<std::string_view> letters;
        for (std::string_view rest = name; !rest.empty();) {
            letters.insert(code_point(rest));
            rest.remove_prefix(code_point(rest).size());
        }
        for (const std::string_view letter : letters) ++by_letter[letter];
    }
    std::vector<double> all;
    for (const auto& [letter, count] : by_letter) all.push_back(count);
    std::ranges::sort(all, std::greater());
    return all;
}

void draw_counts(Svg& svg, double base, const std::string& title, const Names& names) {
    const std::vector<double> all = counts(names);
    svg.text({44, base - 104}, title + ": " + std::to_string(all.size()) + " letters", "strong");
    for (const double tick : {1, 10, 100, 1000}) {
        const double y = base - 24 * std::log10(tick) - 6;
        svg.line({44, y}, {540, y}, "line rule");
        svg.text({38, y + 5}, plot::number(tick), "soft", Anchor::end);
    }
    double x = 46;
    for (const double count : all) {
        const double height = 24 * std::log10(count) + 6;
        svg.path(plot::step('M', {x, base}) + "v" + plot::number(-height) + "h4v" +
                     plot::number(height) + "z",
                 count < 10 ? "fill orange" : "fill blue");
        x += 5.7;
    }
}

}  // namespace

std::string letters_picture() {
    const Names raw = column(read_file(MICROGPT_SOURCE_DIR "/data/towns.csv"), "name");
    Names names;
    for (const std::string& name : raw) {
        names.push_back(in_small_letters(without_addition(decoded_again(name))));
    }
    names = of_length(of_common_letters(each_once(names), 10), 15);
    Svg svg(540, 276, "In how many names each letter comes",
            "Two rows of bars, one bar for each letter, the most frequent first, as high as the "
            "logarithm of the number of names it comes in. Of the raw names' letters a good third "
            "come in fewer than ten names. Of those of the cleaned names none does.");
    draw_counts(svg, 122, "as they are", raw);
    draw_counts(svg, 266, "cleaned", names);
    return svg.str();
}

}  // namespace microgpt::pictures
