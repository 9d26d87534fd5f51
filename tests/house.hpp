// The project's own files, as the tests of the house read them.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace microgpt::house {

using Words = std::vector<std::string>;

/// The folder that all paths begin in.
const std::filesystem::path root = MICROGPT_SOURCE_DIR;

/// Every file below a folder of the project, in order; what was built or fetched is not ours.
std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder);
/// The same, of what is C++.
std::vector<std::filesystem::path> sources_in(const std::filesystem::path& folder);

std::string text_of(const std::filesystem::path& file);
Words lines_of(const std::filesystem::path& file);
/// Every match of the pattern's first group in a file.
Words matches(const std::filesystem::path& file, const std::string& pattern);
/// The modules whose headers a file includes: autograd/tape.
Words included(const std::filesystem::path& file);

/// The words of a list in src/CMakeLists.txt.
Words list(const std::string& name);
/// The chapters' folders by number, which all begin with it.
std::map<int, std::filesystem::path> chapters();

/// One name of the list in src/CMakeLists.txt.
struct Module {
    std::string name;  // autograd/tape
    int chapter;       // 0: what the book's pages ask, which no chapter shows

    std::string room() const { return std::filesystem::path(name).parent_path(); }
    /// Its header, and its source if it has one. There has to be a header.
    std::vector<std::filesystem::path> files() const;
};

/// All of them, in the book's order.
std::vector<Module> modules();

}  // namespace microgpt::house
