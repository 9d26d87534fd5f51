// The pictures: what is in them, where it stands, and that it can be read.
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmath>
#include <limits>
#include <set>
#include <sstream>

#include "catch.hpp"
#include "microgpt/autograd/error.hpp"
#include "plot/axis.hpp"
#include "plot/bars.hpp"
#include "plot/chart.hpp"
#include "plot/diagram.hpp"
#include "plot/dots.hpp"
#include "plot/figure.hpp"
#include "plot/graph.hpp"
#include "plot/graph_layout.hpp"
#include "plot/heat_map.hpp"
#include "plot/labels.hpp"
#include "plot/log_charts.hpp"
#include "plot/plane.hpp"
#include "plot/share_bars.hpp"
#include "plot/svg.hpp"
#include "plot/svg_style.hpp"
#include "plot/terminal.hpp"

using namespace microgpt::plot;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++found;
    }
    return found;
}

/// All that stands between two texts, each time.
std::vector<std::string> between(const std::string& text, const std::string& before,
                                 const std::string& after) {
    std::vector<std::string> found;
    for (std::size_t at = text.find(before); at != std::string::npos; at = text.find(before, at)) {
        at += before.size();
        found.push_back(text.substr(at, text.find(after, at) - at));
    }
    return found;
}

/// What is written in a picture.
std::vector<std::string> words_of(const Svg& picture) {
    std::vector<std::string> words = between(picture.str(), "<text ", "</text>");
    for (std::string& text : words) text = text.substr(text.find('>') + 1);
    return words;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

/// A noisy curve that falls, like a loss.
std::vector<double> falling(std::size_t size) {
    std::vector<double> values;
    for (std::size_t i = 0; i < size; ++i) {
        const double x = static_cast<double>(i);
        values.push_back(2 + std::exp(-x / 100) + 0.5 * std::sin(x * x));
    }
    return values;
}

}  // namespace

// ---- Text

TEST_CASE("a number has no more decimals than it needs", "[plot]") {
    CHECK(number(3) == "3");
    CHECK(number(2.5) == "2.5");
    CHECK(number(-0.066) == "-0.07");
    CHECK(number(100) == "100");
    CHECK(number(-0.001) == "0");
    CHECK(fixed_number(-0.04, 1) == "0.0");
}

TEST_CASE("a short number shows four decimals, or an exponent where they would hide it", "[plot]") {
    CHECK(short_number(24.70408163) == "24.7041");
    CHECK(short_number(0) == "0");
    CHECK(short_number(-1.2342e-7) == "-1.234e-07");
    CHECK(short_number(123456789) == "1.235e+08");
    CHECK(short_number(-missing) == "NaN");
}

TEST_CASE("texts are aligned by characters, not by bytes", "[plot]") {
    CHECK(length("a·b") == 3);
    CHECK(align_right("é", 3) == "  é");
    CHECK(align_left("é", 3) == "é  ");
    CHECK(align_left("wide", 3) == "wide");
}

// ---- Svg

TEST_CASE("a text in a picture is escaped, and stays UTF-8", "[plot]") {
    Svg svg(10, 10, "1 < 2", "\"a\" & b");
    svg.text({0, 0}, "<é·> & \x01");
    svg.text({0, 0}, "");
    CHECK(count(svg.str(), "<text") == 1);
    CHECK(contains(svg.str(), ">&lt;é·&gt; &amp;  </text>"));
    CHECK(contains(svg.str(), ">1 &lt; 2</title>"));
    CHECK(contains(svg.str(), ">&quot;a&quot; &amp; b</desc>"));
}

TEST_CASE("a picture is an image with a title and a description", "[plot]") {
    const std::string svg = Svg(10, 20, "The title", "What it shows").str();
    const std::string title = between(svg, "<title id=\"", "\">The title</title>").at(0);
    const std::string description = between(svg, "<desc id=\"", "\">What it shows</desc>").at(0);
    CHECK(contains(svg, "role=\"img\""));
    CHECK(contains(svg, "aria-labelledby=\"" + title + " " + description + "\""));
    CHECK(contains(svg, "width=\"10\" height=\"20\" viewBox=\"0 0 10 20\""));
}

TEST_CASE("two pictures in one page have ids of their own", "[plot]") {
    Svg first(10, 10, "t", "d");
    Svg second(10, 10, "t", "d");
    first.circle({1, 2}, 3, "line");
    second.circle({1, 2}, 4, "line");
    const auto id = [](const Svg& svg) { return between(svg.str(), " id=\"", "\"").at(0); };
    CHECK(id(first) != id(second));
    CHECK(id(first) == id(first));
}

TEST_CASE("a shape is an element with at most two decimals", "[plot]") {
    Svg svg(10, 10, "t", "d");
    svg.line({0, 1.005}, {2.0 / 3, 3}, "line rule");
    svg.polyline({{0, 1}, {2.55, 1.0 / 3}}, "line");
    svg.path("M1,2v3", "fill", 0.5);
    CHECK(
        contains(svg.str(), "<line class=\"line rule\" x1=\"0\" y1=\"1\" x2=\"0.67\" y2=\"3\"/>"));
    CHECK(contains(svg.str(), "<polyline class=\"line\" points=\"0,1 2.5,0.3\"/>"));
    CHECK(contains(svg.str(), "<path class=\"fill\" opacity=\"0.5\" d=\"M1,2v3\"/>"));
}

// ---- The style sheet

namespace {

/// How bright a colour is, from 0 to 1 (WCAG 2, "relative luminance").
double luminance(const std::vector<double>& rgb) {
    constexpr double weights[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; ++i) {
        const double c = rgb[i] / 255;
        sum += weights[i] * (c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double contrast(const std::vector<double>& a, const std::vector<double>& b) {
    const double brighter = std::max(luminance(a), luminance(b));
    const double darker = std::min(luminance(a), luminance(b));
    return (brighter + 0.05) / (darker + 0.05);
}

/// "#abc" or "#aabbcc".
std::vector<double> rgb(const std::string& hex) {
    const std::size_t digits = hex.size() / 3;
    std::vector<double> values;
    for (std::size_t i = 1; i < hex.size(); i += digits) {
        const int value = std::stoi(hex.substr(i, digits), nullptr, 16);
        values.push_back(digits == 1 ? 17 * value : value);
    }
    return values;
}

struct Theme {
    std::size_t place;  // of its colours among those of the style sheet
    std::vector<double> page;

    std::string hex(const std::string& name) const {
        return between(style_sheet, "--" + name + ": ", ";").at(place);
    }
    std::vector<double> color(const std::string& name) const { return rgb(hex(name)); }
};

const Theme themes[] = {{0, {255, 255, 255}}, {1, {0x13, 0x14, 0x16}}};

}  // namespace

TEST_CASE("every rule of the style sheet is for our pictures only", "[plot]") {
    int rules = 0;
    std::istringstream sheet(style_sheet);
    for (std::string part; std::getline(sheet, part, '{');) {
        std::istringstream selectors(part.substr(part.find_last_of('}') + 1));
        for (std::string selector; std::getline(selectors, selector, ',');) {
            const std::size_t start = selector.find_first_not_of(" \n");
            if (start == std::string::npos || selector[start] == '@') continue;
            INFO(selector);
            CHECK(selector.compare(start, 15, ".microgpt-figure", 15) == 0);
            ++rules;
        }
    }
    CHECK(rules > 10);
}

TEST_CASE("letters and lines stand out from a light page and from a dark one", "[plot]") {
    for (const Theme& theme : themes) {
        for (const char* name : {"ink", "soft", "blue", "orange", "green", "purple"}) {
            INFO(name);
            CHECK(contrast(theme.color(name), theme.page) >= 4.5);
        }
    }
}

TEST_CASE("a colour is the same in the light theme and for programs without themes", "[plot]") {
    for (const char* name : {"ink", "soft", "rule", "blue", "orange", "green", "purple", "shade",
                             "on-tint", "on-shade"}) {
        const std::string color = "color: " + themes[0].hex(name);
        CHECK(contains(style_sheet, color + "; color: var(--" + name + ")"));
    }
}

TEST_CASE("the numbers in a heat map can be read on every shade", "[plot]") {
    for (int i = 0; i <= 100; ++i) {
        const HeatMap map{"t", "d", "", "", {"row"}, {"column"}, {{i / 100.0}}};
        const std::string svg = heat_map_svg(map);
        const std::vector<std::string> opacities = between(svg, " opacity=\"", "\"");
        const double opacity = opacities.empty() ? 1 : std::stod(opacities[0]);
        const std::string letters = "on-" + between(svg, "<text class=\"on-", "\"").at(0);
        for (const Theme& theme : themes) {
            std::vector<double> cell = theme.color("shade");
            for (int k = 0; k < 3; ++k) cell[k] = opacity * cell[k] + (1 - opacity) * theme.page[k];
            INFO(i << "% in " << letters);
            CHECK(contrast(theme.color(letters), cell) >= 4.5);
        }
    }
}

// ---- Axes

TEST_CASE("an axis begins and ends with round numbers", "[plot]") {
    const Axis axis = round_axis({1.58, 3.9, 2}, 6);
    CHECK(axis.low == 1.5);
    CHECK(axis.high == 4);
    CHECK(axis.ticks() == std::vector<double>{1.5, 2, 2.5, 3, 3.5, 4});
    CHECK(axis.label(2) == "2.0");
    CHECK(axis.share(1.5) == 0);
    CHECK(axis.share(4) == 1);
}

TEST_CASE("the steps of an axis are 1, 2 or 5 times a power of ten", "[plot]") {
    CHECK(round_axis({0, 6}, 6).step == 1);
    CHECK(round_axis({0, 7}, 6).step == 2);
    CHECK(round_axis({0, 13}, 6).step == 5);
    CHECK(round_axis({0, 31}, 6).step == 10);
    CHECK(round_axis({0, 0.3}, 6).step == Approx(0.05));
    CHECK(counting_axis(1000, 8).step == 200);
    CHECK(counting_axis(3, 8).step == 1);
}

TEST_CASE("ticks and labels survive that 0.6 is not quite three times 0.2", "[plot]") {
    const auto labels = [](const Axis& axis) {
        std::vector<std::string> found;
        for (const double tick : axis.ticks()) found.push_back(axis.label(tick));
        return found;
    };
    CHECK(labels(round_axis({0.6, 1.2}, 4)) ==
          std::vector<std::string>{"0.6", "0.8", "1.0", "1.2"});
    CHECK(labels(round_axis({-1.2, -0.6}, 4)) ==
          std::vector<std::string>{"-1.2", "-1.0", "-0.8", "-0.6"});
    CHECK(labels(round_axis({-0.1, 0.2}, 4)) ==
          std::vector<std::string>{"-0.1", "0.0", "0.1", "0.2"});
}

TEST_CASE("an axis has some length, whatever the values", "[plot]") {
    const double infinity = std::numeric_limits<double>::infinity();
    const std::vector<std::vector<double>> cases = {{},
                                                    {0},
                                                    {2.5, 2.5},
                                                    {-1e20},
                                                    {1, std::nextafter(1.0, 2.0)},
                                                    {missing, infinity, -infinity}};
    for (const std::vector<double>& values : cases) {
        const Axis axis = round_axis(values, 4);
        CHECK(std::isfinite(axis.low));
        CHECK(axis.high > axis.low);
        CHECK(axis.ticks().size() >= 2);
        for (const double value : values) {
            if (std::isfinite(value)) CHECK((axis.share(value) >= 0 && axis.share(value) <= 1));
        }
    }
}

// ---- Series

TEST_CASE("a running mean is over the last hundred values, or those there are", "[plot]") {
    std::vector<double> values(250, 0);
    values[0] = 4;
    values[100] = 100;
    const std::vector<double> means = running_mean(values);
    REQUIRE(means.size() == 250);
    CHECK(means[0] == 4);
    CHECK(means[1] == 2);
    CHECK(means[99] == 0.04);
    CHECK(means[100] == 1);
    CHECK(means[199] == 1);
    CHECK(means[200] == 0);
}

TEST_CASE("a thinned series keeps its peaks and its order", "[plot]") {
    std::vector<double> values = falling(10000);
    values[4321] = 99;
    values[8765] = -99;
    const std::vector<std::size_t> places = outline(values, 50);
    CHECK(places.size() == 100);
    CHECK(std::is_sorted(places.begin(), places.end()));
    CHECK(std::count(places.begin(), places.end(), 4321) == 1);
    CHECK(std::count(places.begin(), places.end(), 8765) == 1);
}

TEST_CASE("a short series is not thinned, but for what is not a number", "[plot]") {
    CHECK(outline({1, missing, 3, HUGE_VAL, 5}, 3) == std::vector<std::size_t>{0, 2, 4});
}

// ---- Charts

TEST_CASE("a chart of 1000 points stays under 40 kB, and one of 100000 too", "[plot]") {
    for (const std::size_t size : {1000, 100000}) {
        const std::string svg = line_chart({"t", "d", "step", "loss"}, {{"loss", falling(size)}});
        CHECK(svg.size() < 40000);
        CHECK(between(svg, "points=\"", "\"").at(0).size() > 5000);
    }
}

TEST_CASE("a long series is a faint line under its bold mean, and the chart says so", "[plot]") {
    const ChartLabels labels = {"t", "d", "step", "loss"};
    const std::string brief = line_chart(labels, {{"loss", falling(200)}});
    CHECK(between(brief, "<polyline class=\"", "\"") == std::vector<std::string>{"line bold blue"});
    CHECK(!contains(brief, "mean of the last 100"));
    const std::string lengthy = line_chart(labels, {{"loss", falling(201)}});
    CHECK(between(lengthy, "<polyline class=\"", "\"") ==
          std::vector<std::string>{"line faint blue", "line bold blue"});
    CHECK(contains(lengthy, "mean of the last 100</text>"));
}

TEST_CASE("a chart names its axes, its series and its reference", "[plot]") {
    const std::string svg = line_chart({"t", "d", "step", "loss"}, {{"A", {1, 2}}, {"B", {3, 4}}},
                                       Reference{3.2958, "log 27"});
    for (const char* name : {"step", "loss", "A", "B", "log 27"}) {
        INFO(name);
        CHECK(count(svg, std::string(">") + name + "</text>") == 1);
    }
    CHECK(count(svg, "class=\"line dashed soft\"") == 1);
}

TEST_CASE("a plane's corners are the ends of its axes", "[plot]") {
    const Plane plane{{10, 20}, 100, 50, {{-1, 1, 1}, {0, 4, 2}}};
    CHECK(plane.at(-1, 4).x == 10);
    CHECK(plane.at(-1, 4).y == 20);
    CHECK(plane.at({1, 0}).x == 110);
    CHECK(plane.at({1, 0}).y == 70);
}

TEST_CASE("a plane has a number for each tick, or the labels it is given", "[plot]") {
    const Plane plane{{0, 0}, 100, 50, {{0, 2, 1}, {5, 15, 5}}};
    Svg svg(100, 50, "t", "d");
    plane.draw_axes(svg);
    CHECK(words_of(svg) == std::vector<std::string>{"5", "10", "15", "0", "1", "2"});

    Svg labelled(100, 50, "t", "d");
    const auto powers = [](double tick) { return number(std::exp2(tick)); };
    const auto ends = [](double tick) { return tick == 10 ? "" : number(tick); };
    plane.draw_axes(labelled, powers, ends);
    CHECK(words_of(labelled) == std::vector<std::string>{"5", "15", "1", "2", "4"});
}

TEST_CASE("a curve goes from its first value to its last", "[plot]") {
    const Plane plane{{0, 0}, 100, 100, {{0, 10, 1}, {0, 100, 1}}};
    Svg svg(100, 100, "t", "d");
    plane.draw_curve(
        svg, [](double x) { return x * x; }, 2, 8, "line");
    const std::string points = between(svg.str(), "points=\"", "\"").at(0);
    CHECK(points.rfind("20,96 ", 0) == 0);
    CHECK(points.substr(points.rfind(' ')) == " 80,36");
}

TEST_CASE("a slope is drawn as long as it is asked for, whatever the scales", "[plot]") {
    for (const double high : {1.0, 10.0, 1000.0}) {
        const Plane plane{{0, 0}, 100, 100, {{0, 10, 1}, {0, high, high}}};
        Svg svg(100, 100, "t", "d");
        plane.draw_slope(svg, {5, high / 2}, 3, 30, "line");
        const auto end = [&](const std::string& name) {
            return std::stod(between(svg.str(), " " + name + "=\"", "\"").at(0));
        };
        CHECK(std::abs(std::hypot(end("x2") - end("x1"), end("y2") - end("y1")) - 60) < 0.1);
        CHECK(std::abs((end("y1") - end("y2")) / (end("x2") - end("x1")) - 30 / high) <
              0.01 * 30 / high);
    }
}

TEST_CASE("a bar is as high as its value says, and stands on the line", "[plot]") {
    Svg svg(100, 100, "t", "d");
    draw_bars(svg, {{0, 80}, 100, 60, 2}, {{"a", 2, "two"}, {"b", 1, "one"}}, "blue");
    const auto outlines = between(svg.str(), " d=\"", "\"");
    CHECK(outlines == std::vector<std::string>{"M7.5,20L42.5,20L42.5,80L7.5,80z",
                                               "M57.5,50L92.5,50L92.5,80L57.5,80z"});
    CHECK(words_of(svg) == std::vector<std::string>{"two", "a", "one", "b"});
}

TEST_CASE(
    "a rung says how many times less it is than the one above, and stands that far to the left",
    "[plot]") {
    const std::string svg = log_ladder({"t", "d", "ms", ""},
                                       {{"c", 1000, "1 s"}, {"b", 10, "10 ms"}, {"a", 4, "4 ms"}});
    const std::vector<std::string> across = between(svg, " cx=\"", "\"");
    REQUIRE(across.size() == 3);
    const double hundredfold = std::stod(across[0]) - std::stod(across[1]);
    const double factor = std::stod(across[1]) - std::stod(across[2]);
    CHECK(std::abs(factor - hundredfold * std::log10(2.5) / 2) < 0.1);
    for (const char* text : {"a", "b", "c", "1 s", "10 ms", "4 ms", "×100", "×2.5", "1,000"}) {
        INFO(text);
        CHECK(count(svg, std::string(">") + text + "</text>") == 1);
    }
}

TEST_CASE("what grows in proportion lies on its grey line", "[plot]") {
    const std::string svg = log_log_chart(
        {"t", "d", "x", "y"},
        {{"A", "blue", {{1, 1}, {10, 10}, {1000, 1000}}}, {"B", "orange", {{1, 1}, {1000, 10}}}});
    const auto ends = between(svg, "<line class=\"line soft\"", "/>");
    REQUIRE(ends.size() == 2);
    CHECK(ends[0] == ends[1]);  // both begin at the same point
    const std::string last = between(svg, "points=\"", "\"").at(0);
    const std::string y = last.substr(last.rfind(',') + 1);
    CHECK(contains(ends[0], "y2=\"" + y + "\""));
    CHECK(contains(svg, ">1,000</text>"));
    for (const char* name : {"A", "B"}) {
        CHECK(count(svg, std::string(">") + name + "</text>") == 1);
    }
}

TEST_CASE("names at the ends of lines do not touch each other", "[plot]") {
    for (const double end : {0.0, 5.0, 9.0}) {
        const std::string svg =
            line_chart({"t", "d", "x", "y"},
                       {{"A", {0, end}}, {"B", {9, end}}, {"C", {0, end}}, {"D", {9, end + 0.01}}});
        std::vector<double> heights;
        for (const std::string& label : between(svg, "<text class=\"strong ", "</text>")) {
            heights.push_back(std::stod(between(label, " y=\"", "\"").at(0)));
        }
        REQUIRE(heights.size() == 4);
        for (std::size_t i = 1; i < 4; ++i) CHECK(heights[i] - heights[i - 1] >= font_size);
        CHECK(heights.back() < 320 - 30);
    }
}

TEST_CASE("a series that ends in NaN is drawn as far as it goes", "[plot]") {
    const std::string svg = line_chart({"t", "d", "x", "y"}, {{"A", {1, 2, missing, missing}}});
    CHECK(count(between(svg, "points=\"", "\"").at(0), ",") == 2);
    CHECK(!contains(svg, "nan"));
}

TEST_CASE("a chart in a terminal is made of Braille dots", "[plot]") {
    CHECK(terminal_chart({{"up", {0, 1, 2, 4}}}, 6, 6) ==
          "4 ┤⠀⠀⠀⠀⠀⡜ up\n"
          "  │⠀⠀⠀⠀⢰⠁\n"
          "  │⠀⠀⠀⠀⡎⠀\n"
          "2 ┤⠀⠀⢀⠎⠀⠀\n"
          "  │⠀⡠⠃⠀⠀⠀\n"
          "0 ┤⡰⠁⠀⠀⠀⠀\n"
          "  ╵⠉⠉⠉⠉⠉⠉\n"
          "   1⠀⠀⠀⠀4\n");
}

TEST_CASE("a chart in a terminal names what stands at the end of each row", "[plot]") {
    const std::string chart = terminal_chart(
        {{"one", {1, 9}}, {"two", {5, 9}}, {"long", falling(500)}}, 30, 6, Reference{0, "nothing"});
    CHECK(contains(chart, " one, two (dashed)\n"));
    CHECK(contains(chart, " long\n"));
    CHECK(contains(chart, " nothing\n"));
    CHECK(contains(chart, "mean of the last 100\n"));
    CHECK(lines_of(chart).size() == 6 + 3);
}

TEST_CASE("dots fill a character from its lower left corner", "[plot]") {
    Dots dots(2, 1);
    dots.set(0, 0);
    CHECK(dots.str(0) == "⡀⠀");
    dots.set(1, 3);
    dots.set(3.4, 1.6);
    CHECK(dots.str(0) == "⡈⠐");
    dots.set(4, 0);
    dots.set(0, missing);
    CHECK(dots.str(0) == "⡈⠐");
    CHECK_THROWS_AS(Dots(0, 5), std::invalid_argument);
}

// ---- Heat maps

namespace {

/// What a head looks at while reading two letters.
HeatMap attention() {
    return {
        "head 1", "d", "reading", "looks at", {"·", "e"}, {"·", "e"}, {{1, missing}, {0.25, 0.75}}};
}

/// Squares of one shade stand in one path.
std::size_t squares(const std::string& svg) {
    std::size_t found = 0;
    for (const std::string& path : between(svg, " d=\"", "\"")) found += count(path, "M");
    return found;
}

HeatMap table(std::size_t size) {
    HeatMap map{"t", "d"};
    for (std::size_t i = 0; i < size; ++i) {
        map.rows.emplace_back(1, static_cast<char>('a' + i));
        map.columns.push_back(map.rows.back());
        map.values.emplace_back();
        for (std::size_t j = 0; j < size; ++j) {
            map.values.back().push_back(static_cast<double>(i * j) /
                                        static_cast<double>(size * size));
        }
    }
    return map;
}

}  // namespace

TEST_CASE("the future stays blank, and a zero does not", "[plot]") {
    CHECK(squares(heat_map_svg(attention())) == 3);
    HeatMap map = attention();
    map.values[0][1] = 0;
    CHECK(squares(heat_map_svg(map)) == 4);
}

TEST_CASE("a heat map shows percentages where there are at most ten columns", "[plot]") {
    const std::string svg = heat_map_svg(attention());
    CHECK(count(svg, "%<") == 3);
    for (const char* share : {">100%<", ">25%<", ">75%<"}) CHECK(contains(svg, share));
    CHECK(count(heat_map_svg(table(10)), "%<") == 100);
    CHECK(count(heat_map_svg(table(11)), "%<") == 0);
}

TEST_CASE("a marked cell has a frame, in its row and column", "[plot]") {
    HeatMap map = table(27);
    CHECK(count(heat_map_svg(map), "<rect") == 0);
    map.marked = {3, 26};
    const std::string svg = heat_map_svg(map);
    const std::vector<std::string> x = between(svg, "<rect class=\"line bold orange\" x=\"", "\"");
    REQUIRE(x.size() == 2);
    CHECK(std::stod(x[1]) - std::stod(x[0]) == 23 * 18);
}

TEST_CASE("a heat map has its labels and what they stand for", "[plot]") {
    const std::string svg = heat_map_svg(attention());
    CHECK(count(svg, ">e</text>") == 2);
    CHECK(count(svg, ">↓ reading</text>") == 1);
    CHECK(count(svg, ">looks at →</text>") == 1);
}

TEST_CASE("a table of 27 by 27 is complete, and stays under 30 kB", "[plot]") {
    const std::string svg = heat_map_svg(table(27));
    CHECK(squares(svg) == 27 * 27);
    CHECK(svg.size() < 30000);
}

TEST_CASE("shades are relative to one, or to a value, or to the largest", "[plot]") {
    HeatMap map = attention();
    CHECK(Shade(map)(0.5) == 0.5);
    map.full = 0.25;
    CHECK(Shade(map)(0.125) == 0.5);
    CHECK(Shade(map)(0.75) == 1);
    map.full = 0;
    map.values[0][0] = 0.5;
    CHECK(Shade(map)(0.375) == 0.5);
    map.values = {{0, missing}};
    CHECK(Shade(map)(0) == 0);
}

TEST_CASE("four heat maps stand two by two", "[plot]") {
    const std::string svg = heat_maps_svg("t", "d", std::vector<HeatMap>(4, attention()));
    CHECK(squares(svg) == 12);
    CHECK(count(svg, ">head 1</text>") == 4);
    CHECK(count(svg, "<svg ") == 1);
    std::set<std::string> across;
    std::set<std::string> down;
    for (const std::string& place : between(svg, "translate(", ")")) {
        across.insert(place.substr(0, place.find(',')));
        down.insert(place.substr(place.find(',') + 1));
    }
    CHECK(across.size() == 2);
    CHECK(down.size() == 2);
}

TEST_CASE("a heat map without colour is blocks and numbers", "[plot]") {
    CHECK(terminal_heat_map(attention(), false) ==
          "head 1\n"
          "↓ reading, → looks at\n"
          "      ·      e\n"
          "·  100%██\n"
          "e   25%░░  75%▓▓\n");
}

TEST_CASE("a large heat map without colour is blocks, and says what they stand for", "[plot]") {
    HeatMap map = table(11);
    map.values.resize(1);
    map.values[0] = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1};
    CHECK(terminal_heat_map(map, false) ==
          "t\n"
          "  a b c d e f g h i j k\n"
          "a     ░░░░▒▒▒▒▒▒▓▓▓▓████\n"
          "░ from 12%, ▒ from 38%, ▓ from 62%, █ from 88%\n");
}

TEST_CASE("a heat map in colour ends each cell's colour where the cell ends", "[plot]") {
    const std::string text = terminal_heat_map(attention(), true);
    CHECK(count(text, "\x1b[30;48;2;92;184;255m") == 1);  // the one of 100%
    CHECK(count(text, "\x1b[0m") == 3);
    CHECK(!contains(terminal_heat_map(attention(), false), "\x1b"));
}

// ---- Graphs

namespace {

/// a · b + a, as in the first chapter.
std::vector<GraphNode> product_and_sum() {
    return {
        {"a", "", 2, -2}, {"b", "", -3, 2}, {"a·b", "*", -6, 1, {0, 1}}, {"c", "+", -4, 1, {2, 0}}};
}

std::vector<GraphNode> neuron() {
    return {{"x1", "", 2, -1.5},
            {"x2", "", 0, 0.5},
            {"w1", "", -3, 1},
            {"w2", "", 1, 0},
            {"x1w1", "*", -6, 0.5, {0, 2}},
            {"x2w2", "*", 0, 0.5, {1, 3}},
            {"sum", "+", -6, 0.5, {4, 5}},
            {"b", "", 6.8814, 0.5},
            {"n", "+", 0.8814, 0.5, {6, 7}},
            {"o", "tanh", 0.7071, 1, {8}}};
}

}  // namespace

TEST_CASE("a node stands right after its inputs, and a leaf right before its first use", "[plot]") {
    CHECK(layout_of(product_and_sum()).columns == std::vector<int>{0, 0, 1, 2});
    CHECK(layout_of(neuron()).columns == std::vector<int>{0, 0, 0, 0, 1, 1, 2, 2, 3, 4});
}

TEST_CASE("no box of a graph covers another, or an arrow", "[plot]") {
    for (const std::vector<GraphNode>& nodes : {product_and_sum(), neuron()}) {
        const Layout layout = layout_of(nodes);
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            CHECK(layout.heights[i] >= 0.5);
            CHECK(layout.heights[i] <= layout.height - 0.5);
            for (std::size_t j = 0; j < i; ++j) {
                if (layout.columns[i] != layout.columns[j]) continue;
                CHECK(std::fabs(layout.heights[i] - layout.heights[j]) > 0.999);
            }
        }
        for (const Arrow& arrow : layout.arrows) {
            int column = layout.columns[arrow.from];
            for (const double height : arrow.crossings) {
                ++column;
                for (std::size_t i = 0; i < nodes.size(); ++i) {
                    if (layout.columns[i] != column) continue;
                    CHECK(std::fabs(layout.heights[i] - height) > 0.749);
                }
            }
            CHECK(column == layout.columns[arrow.to] - 1);
        }
    }
}

TEST_CASE("a number used twice by one operation has two arrows to it", "[plot]") {
    const Layout layout = layout_of({{"x", "", 3, 6}, {"x²", "*", 9, 1, {0, 0}}});
    REQUIRE(layout.arrows.size() == 2);
    CHECK(layout.arrows[0].arrival == -0.25);
    CHECK(layout.arrows[1].arrival == 0.25);
}

TEST_CASE("a graph's picture has a box for each number and a circle for each operation", "[plot]") {
    const std::string svg = graph_svg("t", "d", neuron());
    CHECK(count(svg, "<rect ") == 10);
    CHECK(count(svg, "<circle ") == 5);
    CHECK(count(svg, "class=\"fill soft\"") == 9);  // arrowheads
    CHECK(contains(svg, ">tanh</text>"));
    CHECK(contains(svg, ">6.8814</text>"));
    CHECK(contains(svg, ">-1.5</text>"));
}

TEST_CASE("an arrow passes a column of boxes on a straight line", "[plot]") {
    std::size_t straight = 0;
    for (const std::string& path : between(graph_svg("t", "d", product_and_sum()), " d=\"", "\"")) {
        straight += count(path, "L");
    }
    CHECK(straight == 1);
}

TEST_CASE("a graph in DOT has a record for each number and an operation before its result",
          "[plot]") {
    CHECK(graph_dot({{"a", "", 2, 4}, {"{\"a\"²}", "*", 4, 1, {0, 0}}}) ==
          "digraph {\n"
          "  rankdir=LR\n"
          "  node [fontname=\"sans-serif\"]\n"
          "  node0 [shape=record, label=\"a | data 2 | grad 4\"]\n"
          "  node1 [shape=record, label=\"\\{\\\"a\\\"²\\} | data 4 | grad 1\"]\n"
          "  op1 [shape=circle, label=\"*\"]\n"
          "  node0 -> op1\n"
          "  node0 -> op1\n"
          "  op1 -> node1\n"
          "}\n");
}

TEST_CASE("a graph in a terminal is a table in the order of computing", "[plot]") {
    std::vector<GraphNode> nodes = product_and_sum();
    nodes.push_back({"", "relu", 0, 0, {3}});
    nodes.push_back({"a + b", "+", -1, 0, {0, 1}});
    nodes.push_back({"d", "*", 0, 1e-7, {4, 5}});
    nodes.push_back({"m", "max", 2, 1, {0, 1}});
    CHECK(terminal_graph(nodes) ==
          "name    made of        data   gradient\n"
          "a                         2         -2\n"
          "b                        -3          2\n"
          "a·b     a * b            -6          1\n"
          "c       a·b + a          -4          1\n"
          "#4      relu(c)           0          0\n"
          "a + b   a + b            -1          0\n"
          "d       #4 * (a + b)      0      1e-07\n"
          "m       max(a, b)         2          1\n");
}

TEST_CASE("a node that comes before its inputs is refused", "[plot]") {
    for (const int input : {1, 2, -1}) {
        const std::vector<GraphNode> nodes = {{"a", "", 1, 1}, {"b", "+", 1, 1, {0, input}}};
        CHECK_THROWS_AS(graph_svg("t", "d", nodes), std::invalid_argument);
        CHECK_THROWS_AS(graph_dot(nodes), std::invalid_argument);
        CHECK_THROWS_AS(terminal_graph(nodes), std::invalid_argument);
    }
}

// ---- Diagrams

TEST_CASE("a box has its lines in its middle, the first one strong", "[plot]") {
    Svg svg(100, 100, "t", "d");
    draw_box(svg, {50, 40}, 60, 30, {"wte", "27 × 16"}, "blue");
    CHECK(contains(svg.str(), "class=\"line card blue\" x=\"20\" y=\"25\" width=\"60\""));
    CHECK(contains(svg.str(), "class=\"strong blue\" x=\"50\" y=\"36\""));
    CHECK(contains(svg.str(), "class=\"soft\" x=\"50\" y=\"54\""));
}

TEST_CASE("an arrow's head points the way its last piece goes", "[plot]") {
    Svg svg(100, 100, "t", "d");
    draw_arrow(svg, {{10, 10}, {10, 50}, {40, 50}}, "soft");
    CHECK(contains(svg.str(), "points=\"10,10 10,50 32,50\""));
    CHECK(contains(svg.str(), "d=\"M40,50L32,54L32,46z\""));
}

// ---- Share bars

TEST_CASE("bars of shares stand on one scale, under the same names", "[plot]") {
    const std::string svg = share_bars(
        "t", "d", {"a", "b"}, {{"cold", {1, 0}}, {"hot", {0.5, 0.5}}}, Reference{0.5, "half"});
    const std::vector<std::string> bars = between(svg, "<path class=\"fill blue\" d=\"", "\"");
    REQUIRE(bars.size() == 4);
    const auto top = [&](std::size_t bar) { return std::stod(between(bars[bar], ",", "L").at(0)); };
    CHECK(top(1) - top(0) == 88);
    CHECK(top(2) == top(3));
    CHECK(top(3) - top(0) == 154 + 44);
    CHECK(count(svg, ">b</text>") == 2);
    CHECK(count(svg, ">half</text>") == 2);
    CHECK(count(svg, ">100%</text>") == 2);
}

// ---- The terminal

namespace {

/// A variable of the environment, as it was before once this goes.
class Variable {
  public:
    Variable(const char* name, const char* value) : name_(name) {
        const char* old = std::getenv(name);
        if (old != nullptr) old_ = old;
        was_set_ = old != nullptr;
        if (value != nullptr)
            setenv(name, value, 1);
        else
            unsetenv(name);
    }
    ~Variable() {
        if (was_set_)
            setenv(name_, old_.c_str(), 1);
        else
            unsetenv(name_);
    }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

  private:
    const char* name_;
    std::string old_;
    bool was_set_ = false;
};

/// The program's end of a terminal that nobody looks at.
std::FILE* open_terminal(int& other_end) {
    other_end = posix_openpt(O_RDWR | O_NOCTTY);
    if (other_end < 0 || grantpt(other_end) != 0 || unlockpt(other_end) != 0) return nullptr;
    return std::fopen(ptsname(other_end), "w");
}

}  // namespace

TEST_CASE("a file gets no colours", "[plot]") {
    const Variable no_color("NO_COLOR", nullptr);
    const Variable term("TERM", "xterm");
    std::FILE* file = std::tmpfile();
    REQUIRE(file != nullptr);
    CHECK(!color_wanted(file));
    std::fclose(file);
}

TEST_CASE("a terminal gets colours if it has all of them and someone wants them", "[plot]") {
    int other_end = -1;
    std::FILE* terminal = open_terminal(other_end);
    if (terminal == nullptr) {
        WARN("this system has no pseudo-terminals");
        return;
    }
    const auto wanted = [&](const char* no_color_value, const char* colorterm_value) {
        const Variable no_color("NO_COLOR", no_color_value);
        const Variable colorterm("COLORTERM", colorterm_value);
        return color_wanted(terminal);
    };
    CHECK(wanted(nullptr, "truecolor"));
    CHECK(wanted("", "24bit"));
    CHECK(!wanted("1", "truecolor"));
    CHECK(!wanted(nullptr, nullptr));
    std::fclose(terminal);
    close(other_end);
}

TEST_CASE("a figure that cannot be written is an Error", "[plot][misuse]") {
    for (const char* folder : {"/dev/null/folder", "/proc"}) {
        CHECK_THROWS_AS(write_figure("figure.svg", "<svg/>", folder), microgpt::Error);
    }
}
