// Figures: a folder, a file and a line of output.
#include "plot/figure.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace microgpt::plot {

void write_figure(const std::string& name, const std::string& picture) {
    std::filesystem::create_directories("figures");
    std::ofstream out("figures/" + name, std::ios::binary);
    out << picture;
    out.close();
    if (!out) throw std::runtime_error("cannot write figures/" + name);
    std::printf("drawn: figures/%s\n", name.c_str());
}

}  // namespace microgpt::plot
