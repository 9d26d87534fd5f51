// The house, read from its folders and from the list in src/CMakeLists.txt.
#include "house.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>

#include "catch.hpp"

namespace microgpt::house {

namespace fs = std::filesystem;

std::vector<fs::path> files_in(const fs::path& folder) {
    std::vector<fs::path> found;
    fs::recursive_directory_iterator entry(root / folder);
    for (; entry != fs::recursive_directory_iterator(); ++entry) {
        const std::string name = entry->path().filename();
        if (!entry->is_directory()) {
            found.push_back(entry->path());
        } else if (name.rfind("build", 0) == 0 || name[0] == '_' || name[0] == '.' ||
                   name == "node_modules" || entry->path() == root / "play" ||
                   entry->path() == root / "exercises") {  // the reader's own
            entry.disable_recursion_pending();
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<fs::path> sources_in(const fs::path& folder) {
    std::vector<fs::path> found = files_in(folder);
    std::erase_if(found, [](const fs::path& file) {
        const fs::path kind = file.extension();
        return kind != ".hpp" && kind != ".cpp" && kind != ".h";
    });
    return found;
}

std::string text_of(const fs::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

Words lines_of(const fs::path& file) {
    std::ifstream in(file);
    Words lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

Words matches(const fs::path& file, const std::string& pattern) {
    const std::string text = text_of(file);
    const std::regex regex(pattern);
    Words found;
    for (std::sregex_iterator match(text.begin(), text.end(), regex), end; match != end; ++match) {
        found.push_back((*match)[1]);
    }
    return found;
}

Words included(const fs::path& file) {
    return matches(file, "#include \"microgpt/([a-z0-9_/]+)\\.hpp\"");
}

Words list(const std::string& name) {
    const Words found = matches(root / "src/CMakeLists.txt", "set\\(" + name + " ?([^)]*)\\)");
    REQUIRE(found.size() == 1);
    std::istringstream words(found[0]);
    return {std::istream_iterator<std::string>(words), {}};
}

std::map<int, fs::path> chapters() {
    std::map<int, fs::path> found;
    for (const auto& entry : fs::directory_iterator(root / "chapters")) {
        if (entry.is_directory()) found[std::stoi(entry.path().filename())] = entry.path();
    }
    return found;
}

std::vector<fs::path> Module::files() const {
    const fs::path header = root / "src/microgpt" / (name + ".hpp");
    const fs::path source = root / "src/microgpt" / (name + ".cpp");
    INFO(header);
    REQUIRE(fs::exists(header));
    if (!fs::exists(source)) return {header};
    return {header, source};
}

std::vector<Module> modules() {
    std::vector<Module> found;
    for (const auto& [chapter, folder] : chapters()) {
        const std::string number = folder.filename().string().substr(0, 2);
        for (const std::string& name : list("modules_" + number)) found.push_back({name, chapter});
    }
    for (const std::string& name : list("modules_page")) found.push_back({name, 0});
    return found;
}

}  // namespace microgpt::house
