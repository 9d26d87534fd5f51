// The rules of the house that no compiler checks: what may include what, and how sources look.
#include <algorithm>
#include <regex>
#include <set>

#include "catch.hpp"
#include "house.hpp"

using namespace microgpt::house;
namespace fs = std::filesystem;

// ---- Modules and rooms

TEST_CASE("every module of the folder is in the list", "[house]") {
    std::set<fs::path> listed = {root / "src/microgpt/microgpt.hpp",  // the header of all of them
                                 root / "src/microgpt/version.hpp"};
    for (const Module& module : modules()) {
        for (const fs::path& file : module.files()) listed.insert(file);
    }
    for (const fs::path& file : sources_in("src/microgpt")) {
        INFO(file);
        CHECK((file.extension() == ".h" || listed.count(file) == 1));
    }
    const auto lists = matches(root / "src/CMakeLists.txt", "set\\((modules_[0-9]+)");
    CHECK(lists.size() == chapters().size());
}

TEST_CASE("a module includes only earlier ones", "[house]") {
    std::set<std::string> earlier;
    for (const Module& module : modules()) {
        earlier.insert(module.name);
        for (const fs::path& file : module.files()) {
            for (const std::string& other : included(file)) {
                INFO(file << " includes " << other);
                CHECK(earlier.count(other) == 1);
            }
        }
    }
    CHECK(earlier.size() > 20);
}

TEST_CASE("a chapter's program includes only its own modules and earlier ones", "[house]") {
    std::set<std::string> earlier;
    for (const auto& [chapter, folder] : chapters()) {
        for (const Module& module : modules()) {
            if (module.chapter == chapter) earlier.insert(module.name);
        }
        REQUIRE(fs::exists(folder / "main.cpp"));
        for (const std::string& other : included(folder / "main.cpp")) {
            INFO(folder << " includes " << other);
            CHECK(earlier.count(other) == 1);
        }
    }
}

TEST_CASE("a room uses those below it, and its first page names what is in it", "[house]") {
    const Words rooms = list("rooms");
    const auto floor = [&](const std::string& room) {
        return std::find(rooms.begin(), rooms.end(), room);
    };
    std::map<std::string, Words> in_room;
    for (const Module& module : modules()) {
        in_room[module.room()].push_back(fs::path(module.name).filename());
        for (const fs::path& file : module.files()) {
            for (const std::string& other : included(file)) {
                INFO(file << " includes " << other);
                CHECK(floor(Module{other, 0}.room()) <= floor(module.room()));
            }
        }
    }
    CHECK(in_room.size() == rooms.size());
    for (const std::string& room : rooms) {
        INFO(room);
        CHECK(in_room[room].size() <= 14);
        const fs::path page = root / "src/microgpt" / room / "README.md";
        CHECK(matches(page, "\n\\| \\[([a-z0-9_]+)\\]") == in_room[room]);
    }
}

TEST_CASE("a room's page says which rooms it uses", "[house]") {
    std::map<std::string, std::set<std::string>> used;  // by a room, of others
    for (const fs::path& file : sources_in("src/microgpt")) {
        std::string room = file.parent_path().lexically_relative(root / "src/microgpt");
        if (room == "engines/fast/simd") room = "engines/fast";
        for (const std::string& other : included(file)) used[room].insert(Module{other, 0}.room());
        used[room].erase(room);
    }
    for (const std::string& room : list("rooms")) {
        INFO(room);
        const std::string said =
            matches(root / "src/microgpt" / room / "README.md", "\nIt uses: (.*)\n").at(0);
        std::set<std::string> named;
        bool above = true;
        for (const std::string& other : list("rooms")) {
            above = above && other != room;
            const bool all = above && said == "all above it.";
            const std::regex word("(^|, )" + other + "( \\([^)]*\\))?[,.]");
            if (all || std::regex_search(said, word)) named.insert(other);
        }
        if (said.find("and what that uses") != std::string::npos) {  // or some of it
            std::set<std::string> more = used["engines"];
            more.insert(used["training"].begin(), used["training"].end());
            std::erase_if(more, [&](const auto& other) { return used[room].count(other) == 0; });
            named.merge(more);
        }
        CHECK(named == used[room]);
    }
}

TEST_CASE("microgpt.hpp has all of the library but the insides of its engines, and libcurl",
          "[house]") {
    const auto included_by = [](const std::string& module) {
        return included(root / "src/microgpt" / (module + ".hpp"));
    };
    std::set<std::string> has;
    Words to_read = included_by("microgpt");
    while (!to_read.empty()) {
        const std::string module = to_read.back();
        to_read.pop_back();
        if (!has.insert(module).second) continue;
        for (const std::string& other : included_by(module)) to_read.push_back(other);
    }
    for (const Module& module : modules()) {
        if (module.chapter == 0) continue;
        if (module.chapter == 8 && module.name.rfind("engines/", 0) == 0) continue;
        if (module.room() == "cluster") continue;      // it needs MPI
        if (module.name == "files/libcurl") continue;  // whoever links need not have its headers
        INFO(module.name);
        CHECK(has.count(module.name) == 1);
    }
}

namespace {

/// What microgpt::core is made of: the rooms that read no files.
bool is_core(const Module& module) {
    const std::set<std::string> others = {"files", "data", "tokens", "run", "cluster", "page"};
    return others.count(module.room()) == 0;
}

}  // namespace

TEST_CASE("the core needs no network and no files, and threads where engines share work alone",
          "[house]") {
    std::set<std::string> core;
    for (const Module& module : modules()) {
        if (!is_core(module)) continue;
        core.insert(module.name);
        for (const fs::path& file : module.files()) {
            INFO(file);
            for (const std::string& other : included(file)) {
                INFO("includes " << other);
                CHECK(core.count(other) == 1);
            }
            CHECK(matches(file, "#include <(filesystem|fstream|curl/[a-z]+\\.h)>").empty());
            const bool shares_work = module.name == "engines/team";
            CHECK((shares_work || matches(file, "#include <(thread)>").empty()));
        }
    }
    CHECK(core.size() > 40);
}

// ---- Sources

TEST_CASE("a file's first line says what it is for", "[house]") {
    for (const fs::path& file : sources_in("")) {
        INFO(file);
        const Words lines = lines_of(file);
        REQUIRE(lines.size() > 1);
        CHECK(lines[0].rfind("// ", 0) == 0);
        CHECK(lines[0].back() == '.');
        if (file.extension() == ".hpp") CHECK(lines[1] == "#pragma once");
    }
}

TEST_CASE("a header's name is nobody else's", "[house]") {
    std::map<fs::path, std::set<fs::path>> folders;
    std::set<fs::path> headers;
    for (const fs::path& file : sources_in("")) {
        folders[file.stem()].insert(file.parent_path());
        if (file.extension() == ".hpp") headers.insert(file.stem());
    }
    headers.erase("microgpt");  // all of the library, and all of it in 200 lines
    for (const fs::path& name : headers) {
        INFO(name);
        CHECK(folders[name].size() == 1);
    }
}

TEST_CASE("a file of the library can be read in one sitting", "[house]") {
    for (const fs::path& file : sources_in("src")) {
        INFO(file);
        CHECK(lines_of(file).size() <= (file.extension() == ".hpp" ? 150 : 160));
    }
}

TEST_CASE("what the library throws is an Error, or a program's own mistake", "[house]") {
    for (const fs::path& file : sources_in("src")) {
        INFO(file);
        CHECK(
            matches(file, "throw std::(runtime_error|range_error|exception|system_error)").empty());
    }
}

TEST_CASE("the library prints nothing of its own accord", "[house]") {
    const std::regex printing("std(out|err|::c(out|err|log)|::printf|::puts)\\b");
    for (const Module& module : modules()) {
        for (const fs::path& file : module.files()) {
            for (const std::string& line : lines_of(file)) {
                INFO(file << ": " << line);
                CHECK(!std::regex_search(line, printing));
            }
        }
    }
}

TEST_CASE("no library's own random distributions are used", "[house]") {
    const std::regex differs_between_libraries("std::(shuffle|[a-z_]+_distribution)\\b");
    for (const fs::path& file : files_in("src")) {
        for (const std::string& line : lines_of(file)) {
            if (line.find("///") != std::string::npos) continue;
            INFO(file << ": " << line);
            CHECK(!std::regex_search(line, differs_between_libraries));
        }
    }
}

TEST_CASE("a break is a few lines of what its chapter has, and shows", "[house]") {
    int breaks = 0;
    for (const auto& [number, chapter] : chapters()) {
        if (!fs::exists(chapter / "breaks")) continue;
        const std::string its_own = "chapters/" + chapter.filename().string() + "/";
        for (const fs::path& file : files_in(chapter / "breaks")) {
            INFO(file);
            const fs::path patch = fs::path(file).replace_extension(".patch");
            const fs::path record = fs::path(file).replace_extension(".txt");
            REQUIRE((fs::exists(patch) && fs::exists(record)));
            if (file != patch) continue;
            ++breaks;
            CHECK(lines_of(record) != lines_of(chapter / "output.txt"));
            CHECK(lines_of(patch).at(0).back() == '.');
            CHECK(matches(patch, "\n([-+])[^-+]").size() <= 24);
            for (const std::string& touched : matches(patch, "\n\\+\\+\\+ b/(\\S+)")) {
                CHECK((touched.rfind(its_own, 0) == 0 || touched.rfind("src/microgpt/", 0) == 0));
            }
        }
    }
    CHECK(breaks > 0);
}

// ---- All of it in 200 lines

namespace {

const fs::path two_hundred = root / "chapters/07-sampling/microgpt.cpp";

}  // namespace

TEST_CASE("microgpt.cpp is 200 lines of 100 columns at the most", "[house]") {
    const Words lines = lines_of(two_hundred);
    CHECK((!lines.empty() && lines.size() <= 200));
    for (const std::string& line : lines) {
        INFO(line);
        CHECK(line.size() <= 100);
    }
}

TEST_CASE("microgpt.cpp has one statement a line and no macros", "[house]") {
    const std::regex literals("\"(\\\\.|[^\"\\\\])*\"|'(\\\\.|[^'\\\\])'");
    const std::regex head_of_a_loop("for \\(.*?\\) ");
    const std::regex body_of_one_return("\\{ return [^;]*; \\}");
    for (const std::string& raw : lines_of(two_hundred)) {
        std::string line = std::regex_replace(raw, literals, "\"\"");
        line = std::regex_replace(line, body_of_one_return, "{}");
        INFO(raw);
        CHECK(line.find("#define") == std::string::npos);
        line = std::regex_replace(line, head_of_a_loop, "for");
        CHECK(std::count(line.begin(), line.end(), ';') <= 1);
    }
}

TEST_CASE("microgpt.cpp includes the standard library and two headers of ours", "[house]") {
    CHECK(included(two_hundred) == Words{"data/dataset", "random/random"});
}

// ---- The version

TEST_CASE("the build, the header and the changelog tell the same version", "[house]") {
    const Words version = matches(root / "CMakeLists.txt", "project\\(microgpt VERSION ([0-9.]+)");
    CHECK(version == matches(root / "src/microgpt/version.hpp", "version = \"(.*)\""));
    CHECK(version.at(0) == matches(root / "CHANGELOG.md", "\n## ([0-9.]+)\n").at(0));
}
