// Behind chapter 3: a file in the making.
#include <sys/stat.h>

#include <memory>
#include <thread>

#include "catch.hpp"
#include "microgpt/files/part_file.hpp"
#include "temporary.hpp"

using namespace microgpt;
using namespace std::chrono_literals;

namespace {

/// An empty folder, and the names that a file in it has before and after.
struct Place {
    TemporaryDirectory folder;
    std::filesystem::path file = folder.path() / "file";
    std::filesystem::path part = folder.path() / "file.microgpt-part";

    bool is_empty() const { return std::filesystem::is_empty(folder.path()); }
};

mode_t permissions(const std::filesystem::path& file) {
    struct stat status = {};
    REQUIRE(stat(file.c_str(), &status) == 0);
    return status.st_mode & 07777;
}

}  // namespace

TEST_CASE("what is appended is in the part, and not in the file", "[ch03][part_file]") {
    const Place place;
    PartFile part(place.file);
    CHECK(part.size() == 0);
    part.append("ab");
    part.append("");
    part.append(std::string_view("\0c", 2));
    CHECK(part.size() == 4);
    CHECK(part.bytes() == std::string("ab\0c", 4));
    CHECK(!std::filesystem::exists(place.file));
    part.clear();
    part.append("d");
    CHECK(part.bytes() == "d");
}

TEST_CASE("publishing puts the part in the file's place", "[ch03][part_file]") {
    const Place place;
    for (const std::string bytes : {"first", "second"}) {
        PartFile part(place.file);
        part.append(bytes);
        part.publish();
        CHECK(read_file(place.file) == bytes);
        CHECK(!std::filesystem::exists(place.part));
    }
}

TEST_CASE("nothing more is done to a part that is published or discarded", "[ch03][part_file]") {
    const Place place;
    PartFile published(place.file);
    published.append("whole");
    published.publish();
    CHECK_THROWS_AS(published.append(", and more"), std::logic_error);
    CHECK_THROWS_AS(published.clear(), std::logic_error);
    CHECK_THROWS_AS(published.publish(), std::logic_error);
    PartFile discarded(place.file);
    discarded.discard();
    CHECK_THROWS_AS(discarded.append("bytes"), std::logic_error);
    CHECK(read_file(place.file) == "whole");
}

TEST_CASE("discarding leaves the file as it was", "[ch03][part_file]") {
    const Place place;
    {
        PartFile part(place.file);
        part.append("old");
        part.publish();
    }
    PartFile part(place.file);
    part.append("new");
    part.discard();
    CHECK(!std::filesystem::exists(place.part));
    CHECK(read_file(place.file) == "old");
}

TEST_CASE("an empty part goes with its object, and another one stays", "[ch03][part_file]") {
    const Place place;
    { const PartFile part(place.file); }
    CHECK(place.is_empty());
    { PartFile(place.file).append("begun"); }
    CHECK(read_file(place.part) == "begun");
    { PartFile(place.file).clear(); }
    CHECK(place.is_empty());
}

TEST_CASE("a part that was left is gone on with", "[ch03][part_file]") {
    const Place place;
    { PartFile(place.file).append("begun, "); }
    PartFile part(place.file);
    CHECK(part.size() == 7);
    part.append("ended");
    part.publish();
    CHECK(read_file(place.file) == "begun, ended");
}

TEST_CASE("a part that another holds is waited for, but not for ever", "[ch03][part_file]") {
    const Place place;
    auto other = std::make_unique<PartFile>(place.file);
    other->append("theirs");
    CHECK_THROWS_WITH(PartFile(place.file, 30ms),
                      "another process is writing " + place.file.string() + ": try again later");
    CHECK(other->bytes() == "theirs");
    std::thread publishing([&] {
        std::this_thread::sleep_for(50ms);
        other->publish();
        other.reset();
    });
    PartFile part(place.file);  // a new one: the other is the file now
    publishing.join();
    CHECK(part.size() == 0);
    part.append("ours");
    CHECK(read_file(place.file) == "theirs");
}

TEST_CASE("a part in a folder that is not there is refused", "[ch03][part_file]") {
    const Place place;
    const std::filesystem::path file = place.folder.path() / "none" / "file";
    CHECK_THROWS_WITH(PartFile(file),
                      "cannot write " + file.string() + ": No such file or directory");
}

TEST_CASE("a link in the part's place is not followed", "[ch03][part_file]") {
    const Place place;
    std::filesystem::create_symlink(place.folder.path() / "elsewhere", place.part);
    CHECK_THROWS_AS(PartFile(place.file), FileError);
    CHECK(!std::filesystem::exists(place.folder.path() / "elsewhere"));
}

TEST_CASE("where it cannot be published it stays, and the message names it", "[ch03][part_file]") {
    const Place place;
    std::filesystem::create_directories(place.file / "not empty");
    {
        PartFile part(place.file);
        part.append("bytes");
        CHECK_THROWS_WITH(part.publish(),
                          ContainsSubstring("; its bytes are kept in " + place.part.string()));
    }
    CHECK(read_file(place.part) == "bytes");
    PartFile part(place.file);
    std::filesystem::remove(place.part);
    try {
        part.publish();
        FAIL("there is nothing to publish");
    } catch (const KeptError&) {
        FAIL("there is no part any more");
    } catch (const FileError& error) {
        CHECK_THAT(error.what(), ContainsSubstring("No such file"));
    }
    CHECK(std::filesystem::exists(place.file / "not empty"));
}

TEST_CASE("the file keeps its permissions, without those to run as its owner",
          "[ch03][part_file]") {
    const Place place;
    const auto replace = [&] {
        PartFile part(place.file);
        part.append("bytes");
        part.publish();
        return permissions(place.file);
    };
    const mode_t mask = umask(027);
    CHECK(replace() == 0640);  // a new file has what the umask leaves
    umask(mask);
    for (const mode_t mode : {0600U, 0444U, 0666U, 04755U, 02770U, 01606U}) {
        REQUIRE(chmod(place.file.c_str(), mode) == 0);
        INFO(std::oct << mode);
        CHECK(replace() == (mode & 0777));
    }
}

TEST_CASE("what is published or discarded is not written to any more",
          "[ch03][part_file][misuse]") {
    const TemporaryDirectory folder;
    const std::filesystem::path file = folder.path() / "file";
    PartFile part(file);
    part.append("whole");
    part.publish();
    CHECK_THROWS_AS(part.append("more"), std::logic_error);
    CHECK_THROWS_AS(part.clear(), std::logic_error);
    CHECK_THROWS_AS(part.publish(), std::logic_error);
    CHECK(read_file(file) == "whole");
    PartFile other(folder.path() / "other");
    other.discard();
    CHECK_THROWS_AS(other.append("more"), std::logic_error);
}
