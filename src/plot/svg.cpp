// Svg: each shape is a line of XML.
#include "plot/svg.hpp"

#include <cstdint>
#include <initializer_list>
#include <utility>

#include "plot/labels.hpp"
#include "plot/svg_style.hpp"

namespace microgpt::plot {

namespace {

/// A character as XML wants it: its own signs spelled out, control characters not at all.
std::string escape(char c) {
    if (c == '&') return "&amp;";
    if (c == '<') return "&lt;";
    if (c == '>') return "&gt;";
    if (c == '"') return "&quot;";
    return std::string(1, static_cast<unsigned char>(c) < ' ' ? ' ' : c);
}

std::string escape(std::string_view text) {
    std::string escaped;
    for (const char c : text) escaped += escape(c);
    return escaped;
}

struct Attribute {
    Attribute(const char* its_name, std::string_view text) : name(its_name), value(escape(text)) {}
    Attribute(const char* its_name, double size) : name(its_name), value(number(size)) {}
    const char* name;
    std::string value;
};

/// An element, without attributes that are empty. The content is XML already.
std::string element(const std::string& name, std::initializer_list<Attribute> attributes,
                    std::string_view content = "") {
    std::string text = "<" + name;
    for (const Attribute& attribute : attributes) {
        if (attribute.value.empty()) continue;
        text.append(" ").append(attribute.name).append("=\"").append(attribute.value).append("\"");
    }
    if (content.empty()) return text + "/>\n";
    return text.append(">").append(content).append("</").append(name).append(">\n");
}

std::string_view name_of(Anchor anchor) {
    if (anchor == Anchor::start) return "";  // SVG's default
    return anchor == Anchor::middle ? "middle" : "end";
}

std::string coordinates(Point point) { return number(point.x, 1) + "," + number(point.y, 1); }

/// An id of the picture's own, for several may stand in one page: an FNV-1a hash.
std::string id_of(std::string_view picture) {
    std::uint32_t hash = 2166136261;
    for (const char byte : picture) hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619;
    return "figure-" + std::to_string(hash);
}

}  // namespace

Svg::Svg(double width, double height, std::string title, std::string description)
    : width_(width),
      height_(height),
      title_(std::move(title)),
      description_(std::move(description)) {}

// ---- Shapes

void Svg::line(Point from, Point to, std::string_view style) {
    shapes_ += element(
        "line", {{"class", style}, {"x1", from.x}, {"y1", from.y}, {"x2", to.x}, {"y2", to.y}});
}

void Svg::polyline(const std::vector<Point>& points, std::string_view style) {
    std::string list;
    for (const Point& point : points) {
        if (!list.empty()) list += ' ';
        list += coordinates(point);
    }
    shapes_ += element("polyline", {{"class", style}, {"points", list}});
}

void Svg::path(std::string_view outline, std::string_view style, double opacity) {
    shapes_ += element(
        "path",
        {{"class", style}, {"opacity", opacity < 1 ? number(opacity) : ""}, {"d", outline}});
}

void Svg::rect(Point corner, double width, double height, std::string_view style) {
    shapes_ += element("rect", {{"class", style},
                                {"x", corner.x},
                                {"y", corner.y},
                                {"width", width},
                                {"height", height},
                                {"rx", 6}});
}

void Svg::circle(Point centre, double radius, std::string_view style) {
    shapes_ +=
        element("circle", {{"class", style}, {"cx", centre.x}, {"cy", centre.y}, {"r", radius}});
}

void Svg::text(Point at, std::string_view words, std::string_view style, Anchor anchor) {
    if (words.empty()) return;
    shapes_ += element(
        "text", {{"class", style}, {"x", at.x}, {"y", at.y}, {"text-anchor", name_of(anchor)}},
        escape(words));
}

void Svg::place(const Svg& picture, Point corner) {
    const std::string to = coordinates(corner);
    shapes_ += element("g", {{"transform", "translate(" + to + ")"}}, "\n" + picture.shapes_);
}

// ---- The whole

std::string Svg::str() const {
    const std::string id = id_of(title_ + description_ + shapes_);
    const std::string title = element("title", {{"id", id + "-title"}}, escape(title_));
    const std::string description =
        element("desc", {{"id", id + "-description"}}, escape(description_));
    const std::string style = element("style", {}, style_sheet);
    const std::string width = number(width_);
    const std::string height = number(height_);
    return element("svg",
                   {{"xmlns", "http://www.w3.org/2000/svg"},
                    {"class", "microgpt-figure"},
                    {"role", "img"},
                    {"aria-labelledby", id + "-title " + id + "-description"},
                    {"width", width},
                    {"height", height},
                    {"viewBox", "0 0 " + width + " " + height}},
                   "\n" + title + description + style + shapes_);
}

std::string step(char command, Point to) {
    std::string text(1, command);
    return text.append(coordinates(to));
}

double text_width(std::string_view words) {
    return font_size * (0.6 * static_cast<double>(length(words)) + 0.4);
}

}  // namespace microgpt::plot
