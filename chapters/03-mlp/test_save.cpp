// Behind chapter 3: a file written whole, or left as it was, and bytes that are never lost.
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <thread>

#include "catch.hpp"
#include "microgpt/files/part_file.hpp"
#include "microgpt/files/save.hpp"
#include "temporary.hpp"

using namespace microgpt;
using namespace std::chrono_literals;

namespace {

constexpr uid_t nobody = 65534;

/// An empty folder, and a file in it; where bytes are kept that go nowhere else, a second one.
struct Place {
    TemporaryDirectory folder;
    TemporaryDirectory temporary;
    Environment tmpdir{"TMPDIR", temporary.path()};
    std::filesystem::path file = folder.path() / "model";
    std::filesystem::path part = folder.path() / "model.microgpt-part";
};

/// Root may do everything; until the closing brace this program is somebody who may not.
struct AsNobody {
    AsNobody() { REQUIRE((getuid() != 0 || seteuid(nobody) == 0)); }
    ~AsNobody() { static_cast<void>(seteuid(getuid())); }
    AsNobody(const AsNobody&) = delete;
    AsNobody& operator=(const AsNobody&) = delete;
};

void give_to(uid_t user, const std::filesystem::path& file, mode_t mode) {
    if (getuid() == 0) REQUIRE(chown(file.c_str(), user, user) == 0);
    REQUIRE(chmod(file.c_str(), mode) == 0);
}

/// What went wrong, and the file that the end of the message names.
struct Refusal {
    std::string message;
    std::filesystem::path kept;
};

Refusal refusal_of(const auto& work) try {
    work();
    FAIL("nothing went wrong");
    return {};
} catch (const FileError& error) {
    const std::string message = error.what();
    const std::string before = "; its bytes are kept in ";
    const std::size_t found = message.find(before);
    if (found == std::string::npos) return {message, ""};
    return {message.substr(0, found), message.substr(found + before.size())};
}

}  // namespace

TEST_CASE("a link stays a link, and a pipe a pipe", "[ch03][save]") {
    const TemporaryDirectory directory;
    write_file(directory.path() / "real.csv", "old");
    std::filesystem::create_symlink("real.csv", directory.path() / "link.csv");
    write_file(directory.path() / "link.csv", "new");
    CHECK(read_file(directory.path() / "real.csv") == "new");
    CHECK(std::filesystem::is_symlink(directory.path() / "link.csv"));
    std::filesystem::create_symlink("new.csv", directory.path() / "dangling.csv");
    write_file(directory.path() / "dangling.csv", "made");
    CHECK(read_file(directory.path() / "new.csv") == "made");
    CHECK(std::filesystem::is_symlink(directory.path() / "dangling.csv"));
    std::filesystem::create_symlink("circle", directory.path() / "circle");
    CHECK_THROWS_AS(write_file(directory.path() / "circle", "never"), FileError);
    const std::filesystem::path pipe = directory.path() / "pipe";
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    require_writable(pipe, 0);
    std::thread reader([&] { CHECK(read_file(pipe) == "through"); });
    write_file(pipe, "through");
    reader.join();
    CHECK(std::filesystem::is_fifo(pipe));
}

TEST_CASE("a file is replaced whole, and an impossible one is known before", "[ch03][save]") {
    const Place place;
    require_writable(place.file, 100);
    CHECK(!std::filesystem::exists(place.file));
    write_file(place.file, "first");
    write_file(place.file, "second");
    CHECK(read_file(place.file) == "second");
    CHECK_THROWS_WITH(require_writable(place.folder.path() / "none/loss.csv", 0),
                      ContainsSubstring("none/loss.csv: No such file"));
    CHECK_THROWS_WITH(require_writable(place.folder.path(), 0),
                      ContainsSubstring("Is a directory"));
}

TEST_CASE("a trial leaves alone what an earlier run has kept", "[ch03][save]") {
    const Place place;
    write_file(place.part, "a finished model");
    require_writable(place.file, 100);
    CHECK(read_file(place.part) == "a finished model");
}

TEST_CASE("a file whose folder takes no others is written in place", "[ch03][save]") {
    const Place place;
    write_file(place.file, "old, and longer than the new one");
    give_to(nobody, place.file, 0600);
    std::filesystem::permissions(place.folder.path(), std::filesystem::perms(0555));
    struct stat before = {};
    REQUIRE(stat(place.file.c_str(), &before) == 0);
    {
        const AsNobody unprivileged;
        require_writable(place.file, 100);
        write_file(place.file, "new");
        CHECK(read_file(place.file) == "new");
        CHECK_THROWS_WITH(require_writable(place.file, std::uint64_t{1} << 60),
                          ContainsSubstring("No space left on device"));
        CHECK_THROWS_WITH(require_writable(place.folder.path() / "another", 0),
                          ContainsSubstring("another: Permission denied"));
    }
    struct stat after = {};
    REQUIRE(stat(place.file.c_str(), &after) == 0);
    CHECK(after.st_ino == before.st_ino);
    std::filesystem::permissions(place.folder.path(), std::filesystem::perms(0755));
}

TEST_CASE("somebody else's file in a folder for all is written in place", "[ch03][save]") {
    if (getuid() != 0) return;  // it takes two users
    const Place place;
    std::filesystem::permissions(place.folder.path(), std::filesystem::perms(01777));
    write_file(place.file, "old, and longer than the new one");
    give_to(0, place.file, 0666);
    {
        const AsNobody unprivileged;
        require_writable(place.file, 100);
        write_file(place.file, "new");
    }
    CHECK(read_file(place.file) == "new");
    CHECK(!std::filesystem::exists(place.part));
}

TEST_CASE("somebody else's part is named before training, and spared after it", "[ch03][save]") {
    const Place place;
    write_file(place.part, "theirs");
    give_to(0, place.part, 0444);
    give_to(nobody, place.folder.path(), 0755);
    const AsNobody unprivileged;
    const Refusal trial = refusal_of([&] { require_writable(place.file, 0); });
    CHECK(trial.message ==
          "cannot write " + place.file.string() + ": " + place.part.string() + " is in the way");
    const Refusal save = refusal_of([&] { write_file(place.file, "ours"); });
    CHECK(save.message == trial.message);
    CHECK(save.kept.parent_path() == place.folder.path());
    CHECK(read_file(save.kept) == "ours");
    CHECK(read_file(place.part) == "theirs");
}

TEST_CASE("a link, a pipe or a folder in the part's place is named", "[ch03][save]") {
    const Place place;
    const std::string expected =
        "cannot write " + place.file.string() + ": " + place.part.string() + " is in the way";
    const auto refused = [&] {
        CHECK(refusal_of([&] { require_writable(place.file, 0); }).message == expected);
        CHECK(std::filesystem::remove(place.part));
    };
    std::filesystem::create_symlink("elsewhere", place.part);
    refused();
    REQUIRE(mkfifo(place.part.c_str(), 0600) == 0);
    refused();
    std::filesystem::create_directory(place.part);
    refused();
}

TEST_CASE("what cannot be saved is kept beside its file, or as a temporary one", "[ch03][save]") {
    const Place place;
    {
        const PartFile other(place.file);
        const Refusal held = refusal_of([&] { write_file(place.file, "beside", 30ms); });
        CHECK_THAT(held.message, ContainsSubstring("another process is writing "));
        CHECK(held.kept.parent_path() == place.folder.path());
        CHECK(read_file(held.kept) == "beside");
    }
    const Refusal gone = refusal_of([&] { write_file(place.file / "gone", "elsewhere"); });
    CHECK(gone.kept.parent_path() == place.temporary.path());
    CHECK(read_file(gone.kept) == "elsewhere");
    {
        const Environment nowhere("TMPDIR", "/none");
        const Refusal still = refusal_of([&] { write_file(place.file / "gone", "there"); });
        CHECK(read_file(still.kept) == "there");
        CHECK(still.kept.is_absolute());
        std::filesystem::remove(still.kept);
    }
    if (!std::filesystem::exists("/dev/full")) return;
    const Refusal full = refusal_of([&] { write_file("/dev/full", "kept"); });
    CHECK(read_file(full.kept) == "kept");
}

TEST_CASE("the longest name that a folder takes has a shorter one beside it", "[ch03][save]") {
    const Place place;
    for (const std::string letter : {"m", "\u00e9"}) {  // one byte, and two
        for (const std::size_t size : {240U, 242U, 254U}) {
            std::string name;
            while (name.size() < size) name += letter;
            const std::filesystem::path file = place.folder.path() / name;
            INFO(file);
            require_writable(file, 100);
            write_file(file, "first");
            write_file(file, "second");
            CHECK(read_file(file) == "second");
            CHECK(beside(file, ".microgpt-part").filename().string().size() >= 253);
            {
                const PartFile other(file);
                const Refusal held = refusal_of([&] { write_file(file, "beside", 30ms); });
                CHECK(read_file(held.kept) == "beside");
                std::filesystem::remove(held.kept);
            }
            CHECK(std::filesystem::remove(file));
            CHECK(std::filesystem::is_empty(place.folder.path()));
        }
    }
    CHECK_THROWS_WITH(require_writable(place.folder.path() / std::string(256, 'm'), 0),
                      ContainsSubstring("File name too long"));
}

TEST_CASE("what takes no file's bytes is known before training", "[ch03][save]") {
    const Place place;
    const int socket_of_ours = socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    place.file.string().copy(address.sun_path, sizeof address.sun_path - 1);
    REQUIRE(bind(socket_of_ours, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    close(socket_of_ours);
    CHECK_THROWS_WITH(require_writable(place.file, 0), ContainsSubstring("model: it is a socket"));
    CHECK_THROWS_WITH(read_file(place.file), ContainsSubstring("model: it is a socket"));
    std::filesystem::remove(place.file);
    if (std::filesystem::exists("/proc/self/comm")) {
        CHECK_THROWS_WITH(require_writable("/proc/self/comm", 0),
                          ContainsSubstring("/proc/self/comm: no disk keeps it"));
    }
    write_file(place.file, "old");
    const auto change = [&](const std::string& attribute) {
        return std::system(("chattr " + attribute + " '" + place.file.string() + "' 2> /dev/null")
                               .c_str()) == 0;
    };
    if (!change("+a")) return;  // root alone may do so, and not on every disk
    CHECK_THROWS_WITH(require_writable(place.file, 0),
                      ContainsSubstring("model: Operation not permitted"));
    CHECK(change("-a"));
}

TEST_CASE("a link that the system does not follow is not gone round", "[ch03][save]") {
    const Place place;
    TemporaryDirectory closed;
    write_file(closed.path() / "target", "theirs");
    std::filesystem::create_symlink(closed.path() / "target", place.file);
    std::filesystem::permissions(closed.path(), std::filesystem::perms::none);
    {
        const AsNobody unprivileged;
        CHECK_THROWS_WITH(require_writable(place.file, 0), ContainsSubstring("Permission denied"));
        CHECK_THROWS_WITH(write_file(place.file, "ours"), ContainsSubstring("Permission denied"));
    }
    std::filesystem::permissions(closed.path(), std::filesystem::perms::owner_all);
    CHECK(read_file(closed.path() / "target") == "theirs");
}

TEST_CASE("while it is written, a file is as private as the one it replaces", "[ch03][save]") {
    const Place place;
    const auto mode_of_part = [&] {
        PartFile part(place.file);
        struct stat status = {};
        REQUIRE(stat(place.part.c_str(), &status) == 0);
        return status.st_mode & 077;
    };
    const mode_t mask = umask(022);
    CHECK(mode_of_part() == 044);
    write_file(place.file, "private");
    REQUIRE(chmod(place.file.c_str(), 0600) == 0);
    CHECK(mode_of_part() == 0);
    umask(mask);
}

TEST_CASE("a file keeps its owner", "[ch03][save]") {
    if (getuid() != 0) return;  // root alone can say whose a file is
    const Place place;
    write_file(place.file, "old");
    give_to(nobody, place.file, 0640);
    write_file(place.file, "new");
    struct stat status = {};
    REQUIRE(stat(place.file.c_str(), &status) == 0);
    CHECK(status.st_uid == nobody);
    CHECK(status.st_gid == nobody);
    CHECK((status.st_mode & 07777) == 0640);
}
