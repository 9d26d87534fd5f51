// Share bars: rows of bars on one scale.
#include "plot/share_bars.hpp"

#include "plot/axis.hpp"
#include "plot/bars.hpp"
#include "plot/labels.hpp"
#include "plot/svg.hpp"

namespace microgpt::plot {

namespace {

constexpr double pitch = 16;     // from one bar to the next
constexpr double bar_room = 88;  // for the highest bar that fits
constexpr double title_room = 30;
constexpr double name_room = 24;
constexpr double between = 12;  // one division and the next
constexpr double gap = 8;
constexpr double panel_height = title_room + bar_room + name_room;

/// Where the bars stand.
struct Frame {
    Axis axis;
    double left;
    double right;
    double top = title_room;  // of the bars' room

    double bottom() const { return top + bar_room; }
    double down(double share) const { return bottom() - axis.share(share) * bar_room; }
};

Axis axis_for(const std::vector<Division>& divisions) {
    std::vector<double> all = {0};
    for (const Division& one : divisions) {
        all.insert(all.end(), one.shares.begin(), one.shares.end());
    }
    return round_axis(all, 4);
}

void draw_ticks(Svg& svg, const Frame& frame) {
    for (const double tick : frame.axis.ticks()) {
        const double y = frame.down(tick);
        svg.line({frame.left, y}, {frame.right, y}, "line rule");
        svg.text({frame.left - gap, y + 4.5}, percent(tick), "soft", Anchor::end);
    }
}

void draw_division(Svg& svg, const Frame& frame, const Division& division,
                   const std::vector<std::string>& names) {
    svg.text({0, frame.top - title_room + 14}, division.title, "strong");
    draw_ticks(svg, frame);
    std::vector<Bar> bars;
    for (std::size_t i = 0; i < names.size(); ++i)
        bars.push_back({names[i], division.shares[i], ""});
    const BarRow row = {
        {frame.left, frame.bottom()}, frame.right - frame.left, bar_room, frame.axis.high};
    draw_bars(svg, row, bars, "blue");
}

}  // namespace

std::string share_bars(const std::string& title, const std::string& description,
                       const std::vector<std::string>& names,
                       const std::vector<Division>& divisions,
                       const std::optional<Reference>& reference) {
    constexpr double left = 48;
    Frame frame = {axis_for(divisions), left, left + pitch * static_cast<double>(names.size())};
    const double margin = reference ? gap + text_width(reference->label) : 0;
    const double height = (panel_height + between) * static_cast<double>(divisions.size());
    Svg svg(frame.right + margin, height - between, title, description);
    for (const Division& division : divisions) {
        draw_division(svg, frame, division, names);
        if (reference) {
            const double y = frame.down(reference->y);
            svg.line({frame.left, y}, {frame.right, y}, "line dashed orange");
            svg.text({frame.right + gap, y + 4.5}, reference->label, "orange");
        }
        frame.top += panel_height + between;
    }
    return svg.str();
}

}  // namespace microgpt::plot
