// Invents names, and prints them.
#include "print_names.hpp"

#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>

#include "one_line.hpp"
#include "output.hpp"
#include "plot/terminal.hpp"

namespace microgpt {

namespace {

/// Line by line, what a terminal would obey but for their ends.
std::string harmless(const std::string& text) {
    std::string shown;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        if (at > 0) shown += '\n';
        shown += one_line(text.substr(at, end - at));
        at = end + 1;
    }
    return shown;
}

/// As it is: a name may have any byte in it.
void print_name(int number, const std::string& name) {
    const std::string text = plot::is_terminal(stdout) ? harmless(name) : name;
    std::printf("sample %2d: ", number);
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::putchar('\n');
    end_line();
}

/// How many are invented at once: the first thousand one after the other, as both references do.
/// Those that follow have draws of their own, whatever the engine, and so they can go side by side.
std::pair<int, std::size_t> at_once(int invented, const Run& run, const EngineChoice& engine,
                                    std::size_t ranks) {
    if (invented < 1000) return {1, 1};
    const int most = engine.name == "fast" ? 1024 * static_cast<int>(ranks) : 2;
    return {most, side_by_side(run, engine)};
}

}  // namespace

std::size_t side_by_side(const Run& run, const EngineChoice& engine) {
    if (engine.name != "fast") return 2;
    const auto [vocab_size, n_layer, n_embd, n_head, block_size] = run.engine().config();
    const double cache = 16.0 * n_layer * n_embd * block_size;  // bytes, of a document
    return static_cast<std::size_t>(std::clamp(1e9 / cache, 2.0, 64.0));
}

std::vector<std::string> print_names(Run& run, const Arguments& arguments, Host& host) {
    if (arguments.sample_seed) run.seed_names(*arguments.sample_seed);
    std::vector<std::string> names;
    std::printf("\n--- inference (new, hallucinated %s) ---\n",
                run.settings().stream ? "text" : "names");
    for (int i = 0; i < arguments.samples && host.interrupted() == 0;) {
        const auto [most, side_by_side] = at_once(i, run, arguments.engine, host.size());
        const int count = std::min(most, arguments.samples - i);
        for (const std::string& name : host.generate(run, {.count = static_cast<std::size_t>(count),
                                                          .temperature = arguments.temperature,
                                                          .prompt = arguments.prompt,
                                                          .side_by_side = side_by_side,
                                                          .top_k = arguments.top_k,
                                                          .top_p = arguments.top_p})) {
            if (host.interrupted() != 0) break;
            print_name(++i, name);
            if (arguments.evaluate) names.push_back(name);
        }
    }
    return names;
}

}  // namespace microgpt
