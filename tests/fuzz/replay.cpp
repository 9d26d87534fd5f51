// Gives every file of some folders to a fuzzer's target, so that any compiler can replay them.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <vector>

#include "target.hpp"

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_in(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

/// Without a byte to spare behind them, so that reading too far is noticed.
std::vector<char> bytes_of(const fs::path& file) {
    std::vector<char> bytes(fs::file_size(file));
    std::ifstream in(file, std::ios::binary);
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    require(in.good(), "cannot read the file");
    return bytes;
}

}  // namespace

int main(int argc, char** argv) {
    int replayed = 0;
    for (int i = 1; i < argc; ++i) {
        for (const fs::path& file : files_in(argv[i])) {
            std::fprintf(stderr, "%s\n", file.filename().c_str());
            const std::vector<char> bytes = bytes_of(file);
            LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                   bytes.size());
            ++replayed;
        }
    }
    std::printf("replayed %d inputs\n", replayed);
    return replayed > 0 ? 0 : 1;
}
