// Figures: a folder, a file and a line of output.
#include "plot/figure.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "microgpt/autograd/error.hpp"

namespace microgpt::plot {

void write_figure(const std::string& name, const std::string& picture, const std::string& folder) {
    std::error_code ignored;  // where there is no folder, nothing can be written
    std::filesystem::create_directories(folder, ignored);
    const std::string path = folder + "/" + name;
    std::ofstream out(path, std::ios::binary);
    out << picture;
    out.close();
    if (!out) throw Error("cannot write " + path);
    std::printf("drawn: %s\n", path.c_str());
}

}  // namespace microgpt::plot
