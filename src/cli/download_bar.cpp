// Download bar, drawn over itself.
#include "download_bar.hpp"

#include <cstdio>
#include <string>

#include "plot/progress.hpp"
#include "plot/terminal.hpp"

namespace microgpt {

void show_download(std::uint64_t come, std::uint64_t total) {
    if (!plot::can_redraw(stderr) || total == 0) return;
    const double share = static_cast<double>(come) / static_cast<double>(total);
    const std::string bar = plot::bar(share, 23);
    std::fprintf(stderr, "\r%s%3.0f %% of names.txt\x1b[K", bar.c_str(), 100 * share);
    if (come == total) clear_download();
}

void clear_download() {
    if (plot::can_redraw(stderr)) std::fputs("\r\x1b[K", stderr);
}

}  // namespace microgpt
