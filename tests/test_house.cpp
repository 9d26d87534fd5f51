// The rules of the house that no compiler checks.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <numeric>
#include <regex>
#include <set>
#include <sstream>

#include "catch.hpp"

namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

const fs::path root = MICROGPT_SOURCE_DIR;

Lines lines_of(const fs::path& file) {
    std::ifstream in(file);
    Lines lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

/// Every match of the pattern's first group in a file.
std::vector<std::string> matches(const fs::path& file, const std::string& pattern) {
    std::ifstream in(file);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    const std::regex regex(pattern);
    std::vector<std::string> found;
    for (std::sregex_iterator match(text.begin(), text.end(), regex), end; match != end; ++match) {
        found.push_back((*match)[1]);
    }
    return found;
}

/// The modules of src/CMakeLists.txt in the book's order, with the chapter of each.
std::vector<std::pair<std::string, int>> modules() {
    std::vector<std::pair<std::string, int>> found;
    for (int chapter = 1; chapter <= 8; ++chapter) {
        const std::string list = "set\\(modules_0" + std::to_string(chapter) + " ([^)]*)\\)";
        std::istringstream names(matches(root / "src/CMakeLists.txt", list).at(0));
        for (std::string name; names >> name;) found.emplace_back(name, chapter);
    }
    return found;
}

/// The modules whose headers a file includes.
std::vector<std::string> included(const fs::path& file) {
    return matches(file, "#include \"microgpt/([a-z0-9_/]+)\\.hpp\"");
}

/// Every source file that we wrote.
std::vector<fs::path> sources() {
    std::vector<fs::path> found;
    for (const char* folder : {"src", "data", "chapters", "book/pictures", "book/numbers", "tests",
                               "bench", "examples"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            const std::string extension = entry.path().extension().string();
            const bool ours = extension == ".hpp" || extension == ".cpp" || extension == ".inl";
            if (ours) found.push_back(entry.path());
        }
    }
    return found;
}

}  // namespace

TEST_CASE("a module includes only earlier ones", "[house]") {
    std::map<std::string, std::size_t> place;
    for (const auto& [name, chapter] : modules()) place.emplace(name, place.size());
    REQUIRE(place.size() > 20);
    for (const auto& [name, own_place] : place) {
        for (const char* extension : {".hpp", ".cpp"}) {
            const fs::path file = root / "src/microgpt" / (name + extension);
            for (const std::string& other : included(file)) {
                INFO(file.filename() << " includes " << other);
                REQUIRE(place.count(other) == 1);
                CHECK((other == name || place[other] < own_place));
            }
        }
    }
}

TEST_CASE("a room uses those below it, and its first page names what is in it", "[house]") {
    std::istringstream list(matches(root / "src/CMakeLists.txt", "set\\(rooms ([^)]*)\\)").at(0));
    std::map<std::string, std::size_t> floor;
    for (std::string room; list >> room;) floor.emplace(room, floor.size());
    std::map<std::string, std::vector<std::string>> in_room;
    const auto room_of = [](const std::string& module) {
        return fs::path(module).parent_path().string();
    };
    for (const auto& [name, chapter] : modules()) {
        in_room[room_of(name)].push_back(fs::path(name).filename().string());
        REQUIRE(floor.count(room_of(name)) == 1);
        for (const char* extension : {".hpp", ".cpp"}) {
            for (const std::string& other : included(root / "src/microgpt" / (name + extension))) {
                INFO(name << " includes " << other);
                CHECK(floor[room_of(other)] <= floor[room_of(name)]);
            }
        }
    }
    CHECK(in_room.size() == floor.size());
    for (const auto& [room, names] : in_room) {
        INFO(room);
        CHECK(names.size() <= 14);
        const fs::path page = root / "src/microgpt" / room / "README.md";
        CHECK(matches(page, "\n\\| \\[([a-z0-9_]+)\\]") == names);
    }
}

TEST_CASE("a header's name is nobody else's", "[house]") {
    std::map<std::string, std::set<fs::path>> folders;
    std::set<std::string> headers;
    for (const fs::path& file : sources()) {
        if (file.extension() == ".inl") continue;
        folders[file.stem().string()].insert(file.parent_path());
        if (file.extension() == ".hpp" || file.extension() == ".h") headers.insert(file.stem());
    }
    headers.erase("microgpt");  // all of the library, and all of it in 200 lines
    for (const std::string& name : headers) {
        INFO(name);
        CHECK(folders[name].size() == 1);
    }
}

TEST_CASE("a chapter's program includes only its own modules and earlier ones", "[house]") {
    std::map<std::string, int> chapter_of;
    for (const auto& [name, chapter] : modules()) chapter_of[name] = chapter;
    int programs = 0;
    for (const auto& entry : fs::directory_iterator(root / "chapters")) {
        if (!entry.is_directory()) continue;
        ++programs;
        const int chapter = std::stoi(entry.path().filename().string());
        for (const std::string& name : included(entry.path() / "main.cpp")) {
            INFO(entry.path().filename() << " includes " << name);
            REQUIRE(chapter_of.count(name) == 1);
            CHECK(chapter_of[name] <= chapter);
        }
    }
    CHECK(programs == 8);
}

TEST_CASE("every module of the folder is in the list", "[house]") {
    std::set<std::string> listed = {"microgpt"};  // the header of all of them
    for (const auto& [name, chapter] : modules()) listed.insert(name);
    for (const auto& entry : fs::recursive_directory_iterator(root / "src/microgpt")) {
        if (entry.path().extension() != ".hpp" && entry.path().extension() != ".cpp") continue;
        INFO(entry.path());
        const fs::path module = fs::relative(entry.path(), root / "src/microgpt");
        CHECK(listed.count((module.parent_path() / module.stem()).string()) == 1);
    }
}

TEST_CASE("a file's first line says what it is for", "[house]") {
    for (const fs::path& file : sources()) {
        INFO(file);
        const Lines lines = lines_of(file);
        REQUIRE(!lines.empty());
        CHECK(lines[0].rfind("// ", 0) == 0);
        CHECK(lines[0].back() == '.');
        if (file.extension() == ".hpp") CHECK(lines[1] == "#pragma once");
    }
}

TEST_CASE("a file of the library can be read in one sitting", "[house]") {
    for (const auto& [name, chapter] : modules()) {
        INFO(name);
        CHECK(lines_of(root / "src/microgpt" / (name + ".hpp")).size() <= 150);
        CHECK(lines_of(root / "src/microgpt" / (name + ".cpp")).size() <= 160);
    }
}

TEST_CASE("no library's own random distributions are used", "[house]") {
    const std::regex differs_between_libraries("std::(shuffle|[a-z_]+_distribution)\\b");
    for (const auto& entry : fs::recursive_directory_iterator(root / "src")) {
        if (entry.is_directory()) continue;
        for (const std::string& line : lines_of(entry.path())) {
            if (line.find("///") != std::string::npos) continue;
            INFO(entry.path() << ": " << line);
            CHECK(!std::regex_search(line, differs_between_libraries));
        }
    }
}

TEST_CASE("the core needs no network, threads or file system", "[house]") {
    const std::set<std::string> core = {
        "place",          "gradients",     "tape",         "value",        "ops",
        "vector",         "matrix",        "layers",       "random",       "mlp",
        "descent",        "attention",     "gpt",          "adam",         "trainer",
        "engine",         "value_engine",  "sampler",      "array_engine", "gpt_of",
        "number",         "number_vector", "graph_engine", "arena",        "weights",
        "linear_kernels", "kernels",       "array_tape",   "tape_engine",  "flat_gpt",
        "flat_engine",    "simd_jobs",     "simd",         "fast_weights", "fast_trace",
        "fast_pass",      "balance",       "fast_batch",   "fast_learner", "flush_to_zero",
        "fast_reader"};
    for (const std::string& name : core) {
        for (const char* extension : {".hpp", ".cpp"}) {
            const fs::path file = root / "src/microgpt" / (name + extension);
            for (const std::string& other : included(file)) {
                INFO(file.filename() << " includes " << other);
                CHECK(core.count(other) == 1);
            }
            for (const std::string& header : matches(file, "#include <([a-z0-9_/.]+)>")) {
                INFO(file.filename() << " includes " << header);
                CHECK(header != "thread");
                CHECK(header != "filesystem");
                CHECK(header != "fstream");
                CHECK(header.rfind("curl/", 0) != 0);
            }
        }
    }
}

TEST_CASE("a break is a few lines of what its chapter has, and shows", "[house]") {
    std::set<fs::path> records;
    std::set<fs::path> broken;
    for (const auto& entry : fs::recursive_directory_iterator(root / "chapters")) {
        const fs::path file = entry.path();
        if (file.parent_path().filename() != "breaks") continue;
        INFO(file);
        const fs::path chapter = file.parent_path().parent_path();
        if (file.extension() == ".txt") {
            records.insert(chapter / file.stem());
            CHECK(lines_of(file) != lines_of(chapter / "output.txt"));
            continue;
        }
        broken.insert(chapter / file.stem());
        CHECK(lines_of(file).at(0).back() == '.');
        CHECK(matches(file, "\n([-+])[^-+]").size() <= 24);
        const std::string main = "chapters/" + chapter.filename().string() + "/main.cpp";
        for (const std::string& touched : matches(file, "\n\\+\\+\\+ b/(\\S+)")) {
            CHECK((touched == main || touched.rfind("src/microgpt/", 0) == 0));
        }
    }
    CHECK(records == broken);
    CHECK(!broken.empty());
}

TEST_CASE("docs/faults.md names tests that there are, and all of those on faults", "[house]") {
    std::set<std::string> there;
    std::set<std::string> on_faults;
    for (const char* folder : {"tests", "chapters"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            if (entry.path().extension() != ".cpp") continue;
            const std::string file = entry.path().filename();
            for (const std::string& name : matches(entry.path(), "TEST_CASE\\(\\s*\"([^\"]*)\"")) {
                there.insert(name);
                if (file == "test_faults.cpp" || file == "test_download.cpp")
                    on_faults.insert(name);
            }
        }
    }
    const std::regex quoted("`([^`]*)`");
    int faults = 0;
    for (const std::string& line : lines_of(root / "docs/faults.md")) {
        if (line.rfind("| ", 0) != 0 || line.rfind("| fault", 0) == 0) continue;
        ++faults;
        const std::string tests = line.substr(line.rfind(" | ", line.size() - 3));
        std::sregex_iterator name(tests.begin(), tests.end(), quoted);
        CHECK(name != std::sregex_iterator());
        for (; name != std::sregex_iterator(); ++name) {
            INFO((*name)[1]);
            CHECK(there.count((*name)[1]) == 1);
            on_faults.erase((*name)[1]);
        }
    }
    CHECK(faults > 40);
    for (const std::string& left_out : on_faults) FAIL_CHECK(left_out);
}

TEST_CASE("the README's figures are those of the references", "[house]") {
    std::ifstream in(root / "README.md");
    const std::string readme(std::istreambuf_iterator<char>(in), {});
    for (const std::string recipe : {"python", "elixir"}) {
        std::vector<double> losses;
        for (const std::string& line :
             lines_of(root / "tests/golden" / (recipe + "-seed42.losses.txt"))) {
            losses.push_back(std::stod(line));
        }
        const Lines names = lines_of(root / "tests/golden" / (recipe + "-seed42.samples.txt"));
        char row[128];
        std::snprintf(row, sizeof row, "| %.4f | %.4f | %.4f | %s, %s, %s, %s |", losses.front(),
                      losses.back(), *std::min_element(losses.begin(), losses.end()),
                      names.at(0).c_str(), names.at(1).c_str(), names.at(2).c_str(),
                      names.at(3).c_str());
        CHECK_THAT(readme, ContainsSubstring(row));
        if (recipe != "python") continue;
        std::snprintf(row, sizeof row,
                      "log 27 = %.2f; at the end the mean of the last\nhundred losses is %.2f.",
                      std::log(27), std::accumulate(losses.end() - 100, losses.end(), 0.0) / 100);
        CHECK_THAT(readme, ContainsSubstring(row));
    }
}

TEST_CASE("microgpt.cpp is 200 lines of 100 columns at the most", "[house]") {
    const Lines lines = lines_of(root / "chapters/07-sampling/microgpt.cpp");
    CHECK(lines.size() <= 200);
    for (const std::string& line : lines) {
        INFO(line);
        CHECK(line.size() <= 100);
    }
}

TEST_CASE("microgpt.cpp has one statement a line and no macros", "[house]") {
    const std::regex literals("\"(\\\\.|[^\"\\\\])*\"|'(\\\\.|[^'\\\\])'");
    const std::regex head_of_a_loop("for \\(.*?\\) ");
    const std::regex body_of_one_return("\\{ return [^;]*; \\}");
    for (const std::string& raw : lines_of(root / "chapters/07-sampling/microgpt.cpp")) {
        std::string line = std::regex_replace(raw, literals, "\"\"");
        line = std::regex_replace(line, body_of_one_return, "{}");
        INFO(raw);
        CHECK(line.find("#define") == std::string::npos);
        line = std::regex_replace(line, head_of_a_loop, "for");
        CHECK(std::count(line.begin(), line.end(), ';') <= 1);
    }
}

TEST_CASE("microgpt.cpp includes the standard library and two headers of ours", "[house]") {
    const std::vector<std::string> ours = included(root / "chapters/07-sampling/microgpt.cpp");
    CHECK(ours == std::vector<std::string>{"data/dataset", "random/random"});
}
