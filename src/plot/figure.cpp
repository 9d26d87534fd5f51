// Figures: a folder, a file and a line of output.
#include "plot/figure.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace microgpt::plot {

void write_figure(const std::string& name, const std::string& picture, const std::string& folder) {
    std::filesystem::create_directories(folder);
    const std::string path = folder + "/" + name;
    std::ofstream out(path, std::ios::binary);
    out << picture;
    out.close();
    if (!out) throw std::runtime_error("cannot write " + path);
    std::printf("drawn: %s\n", path.c_str());
}

}  // namespace microgpt::plot
