// What the README and docs/faults.md say, held against what they speak of.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <set>

#include "catch.hpp"
#include "house.hpp"

using namespace microgpt::house;

namespace {

std::set<std::string> tests_in(const std::filesystem::path& file) {
    const Words names = matches(file, "TEST_CASE\\(\\s*\"([^\"]*)\"");
    return {names.begin(), names.end()};
}

template <class... Values>
std::string print(const char* format, Values... values) {
    char text[128];
    std::snprintf(text, sizeof text, format, values...);
    return text;
}

/// What the reference printed: its losses or its samples.
Words golden(const std::string& recipe, const std::string& what) {
    return lines_of(root / "tests/golden" / (recipe + "-seed42." + what + ".txt"));
}

std::vector<double> losses_of(const std::string& recipe) {
    std::vector<double> losses;
    for (const std::string& line : golden(recipe, "losses")) losses.push_back(std::stod(line));
    return losses;
}

}  // namespace

TEST_CASE("docs/faults.md names tests that there are, and all of those on faults", "[house]") {
    std::set<std::string> there;
    for (const char* folder : {"tests", "chapters"}) {
        for (const auto& file : sources_in(folder)) there.merge(tests_in(file));
    }
    std::set<std::string> left_out = tests_in(root / "tests/test_faults.cpp");
    left_out.merge(tests_in(root / "tests/test_download.cpp"));
    const std::filesystem::path page = root / "docs/faults.md";
    const Words named_last = matches(page, "\n\\| (?!fault )[^\n]* \\| ([^|\n]*) \\|(?=\n)");
    CHECK(named_last.size() > 40);
    for (const std::string& cell : named_last) {
        INFO(cell);
        CHECK(cell[0] == '`');
        for (std::size_t start = 0, end = 0; start < cell.size(); start = end + 3) {
            end = cell.find("`", start + 1);
            const std::string name = cell.substr(start + 1, end - start - 1);
            INFO(name);
            CHECK(there.count(name) == 1);
            left_out.erase(name);
        }
    }
    for (const std::string& name : left_out) FAIL_CHECK(name);
}

TEST_CASE("the README's figures are those of the references", "[house]") {
    const std::string readme = text_of(root / "README.md");
    for (const std::string recipe : {"python", "elixir"}) {
        const std::vector<double> losses = losses_of(recipe);
        const Words names = golden(recipe, "samples");
        CHECK_THAT(readme, ContainsSubstring(print(
                               "| %.4f | %.4f | %.4f | %s, %s, %s, %s |", losses.front(),
                               losses.back(), std::ranges::min(losses), names.at(0).c_str(),
                               names.at(1).c_str(), names.at(2).c_str(), names.at(3).c_str())));
    }
    const std::vector<double> losses = losses_of("python");
    const double mean = std::accumulate(losses.end() - 100, losses.end(), 0.0) / 100;
    CHECK_THAT(readme, ContainsSubstring(print("log 27 = %.2f; at the end the mean of the last\n"
                                               "hundred losses is %.2f.",
                                               std::log(27), mean)));
}
