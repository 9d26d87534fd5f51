// The residual stream: what reads from it and what adds to it, from the embeddings to the head.
#include "microgpt/model/gpt.hpp"
#include "pictures.hpp"
#include "plot/diagram.hpp"

namespace microgpt::pictures {

namespace {

using plot::Anchor;
using plot::Point;
using plot::Svg;

constexpr GptConfig config = {.vocab_size = 27};

/// A canvas, and the way down it.
class Stream {
  public:
    std::string picture();

  private:
    static constexpr double x = 124;       // of the stream
    static constexpr double branch = 350;  // the middle of what branches off
    static constexpr double gap = 30;      // an arrow's length, with its number
    static constexpr double tall = 46;     // a matrix
    static constexpr double low = 30;      // what has no parameters
    static constexpr double narrow = 104;

    void embed();
    void attend();
    void think();
    void read_off();

    void box(Point middle, double width, const std::string& name, const char* color) {
        for (const Shape& shape : shapes(config)) {
            if (!shape.name.ends_with(name)) continue;
            const std::string rows = std::to_string(shape.rows);
            const std::string size = rows + " × " + std::to_string(shape.columns);
            return draw_box(svg_, middle, width, tall, {name, size}, color);
        }
        draw_box(svg_, middle, width, low, {name}, "soft");
    }
    /// An arrow down, with how many numbers it carries.
    void down(double at, double from, double to, Index numbers) {
        draw_arrow(svg_, {{at, from}, {at, to}}, "soft");
        svg_.text({at + 8, (from + to) / 2 + 3}, std::to_string(numbers), "soft");
    }
    /// From the stream to what branches off: first of all an rmsnorm.
    void leave() {
        top_ = y_ - 28;
        draw_arrow(svg_, {{x, y_}, {branch - narrow / 2, y_}}, "soft");
        svg_.text({x + 60, y_ - 7}, std::to_string(config.n_embd), "soft", Anchor::middle);
        box({branch, y_}, narrow, "rmsnorm", "");
        y_ += low / 2;
    }
    /// An arrow down, and what it leads to.
    void then(Index numbers, const std::string& name, double height, const char* color) {
        down(branch, y_, y_ + gap, numbers);
        box({branch, y_ + gap + height / 2}, narrow, name, color);
        y_ += gap + height;
    }
    /// Back to the stream: a sum. And a frame around all since leave().
    void join(const std::string& name, const char* color) {
        const double y = y_ - tall / 2;
        draw_arrow(svg_, {{branch - narrow / 2, y}, {x + plot::sign_radius, y}}, "soft");
        svg_.text({x + 60, y - 7}, std::to_string(config.n_embd), "soft", Anchor::middle);
        svg_.line({x, from_}, {x, y - plot::sign_radius}, "line bold");
        draw_sign(svg_, {x, y}, "+", color);
        from_ = y + plot::sign_radius;

        const std::string style = color;
        svg_.rect({branch - 144, top_}, 288, y_ + 14 - top_, "line dashed " + style);
        svg_.text({branch + 134, top_ + 20}, name, "strong " + style, Anchor::end);
        y_ += 61;
    }

    Svg svg_ = Svg(496, 872, "The residual stream",
                   "From top to bottom: a row of wte and a row of wpe, 16 numbers each, are added; "
                   "rmsnorm; then the stream of 16 numbers runs straight down. Attention reads it "
                   "through an rmsnorm, wq, wk and wv, four heads and wo, and adds 16 numbers. The "
                   "MLP reads it through an rmsnorm, fc1 to 64 numbers, relu and fc2, and adds 16. "
                   "At its end lm_head makes 27 logits.");
    double y_ = 0;     // how far down we are
    double from_ = 0;  // where the stream was drawn to
    double top_ = 0;   // of what branches off
};

void Stream::embed() {
    for (const double side : {-1.0, 1.0}) {
        const double at = x + side * 68;
        svg_.text({at, 14}, side < 0 ? "token" : "position", "", Anchor::middle);
        draw_arrow(svg_, {{at, 20}, {at, 44}}, "soft");
        box({at, 44 + tall / 2}, narrow, side < 0 ? "wte" : "wpe", "blue");
        draw_arrow(svg_, {{at, 44 + tall}, {at, 116}, {x + side * plot::sign_radius, 116}}, "soft");
        svg_.text({at + 8 * side, 108}, std::to_string(config.n_embd), "soft",
                  side < 0 ? Anchor::end : Anchor::start);
    }
    draw_sign(svg_, {x, 116}, "+", "blue");
    down(x, 116 + plot::sign_radius, 154, config.n_embd);
    box({x, 154 + low / 2}, narrow, "rmsnorm", "");
    from_ = 154 + low;
    y_ = 216;
}

void Stream::attend() {
    leave();
    const double rows[] = {y_ + gap + 8, y_ + 2 * gap + 8 + tall};
    svg_.text({branch + 6, y_ + gap - 4}, std::to_string(config.n_embd), "soft");
    for (const int i : {-1, 0, 1}) {
        const double at = branch + 92 * i;
        draw_arrow(svg_, {{branch + 30 * i, y_}, {at, rows[0]}}, "soft");
        const char* names[] = {"attn_wq", "attn_wk", "attn_wv"};
        box({at, rows[0] + tall / 2}, 86, names[i + 1], "orange");
        down(at, rows[0] + tall, rows[1], config.n_embd);
    }
    const std::string heads = std::to_string(config.n_head) + " heads of ";
    const std::string width = std::to_string(config.n_embd / config.n_head);
    draw_box(svg_, {branch, rows[1] + tall / 2}, 270, tall,
             {heads + width, "look back at keys, mix values"}, "soft");
    y_ = rows[1] + tall;
    then(config.n_embd, "attn_wo", tall, "orange");
    join("attention", "orange");
}

void Stream::think() {
    leave();
    then(config.n_embd, "mlp_fc1", tall, "green");
    then(4 * config.n_embd, "relu", low, "soft");
    then(4 * config.n_embd, "mlp_fc2", tall, "green");
    join("MLP", "green");
}

void Stream::read_off() {
    y_ -= 40;
    svg_.line({x, from_}, {x, y_ - 8}, "line bold");
    svg_.text({x - 14, 300}, "residual", "strong", Anchor::end);
    svg_.text({x - 14, 318}, "stream", "strong", Anchor::end);
    draw_arrow(svg_, {{x, y_ - 10}, {x, y_}}, "");
    box({x, y_ + tall / 2}, narrow, "lm_head", "purple");
    down(x, y_ + tall, y_ + tall + gap, config.vocab_size);
    svg_.text({x, y_ + tall + gap + 16}, "logits", "", Anchor::middle);
}

std::string Stream::picture() {
    embed();
    attend();
    think();
    read_off();
    return svg_.str();
}

}  // namespace

std::string residual_picture() { return Stream().picture(); }

}  // namespace microgpt::pictures
