// Chapter 3: where the names come from, and a download that is whole or not there.
#include <set>
#include <thread>

#include "catch.hpp"
#include "http_server.hpp"
#include "microgpt/data/dataset.hpp"
#include "microgpt/data/text.hpp"
#include "microgpt/files/file.hpp"
#include "microgpt/files/save.hpp"
#include "microgpt/files/sha256.hpp"
#include "temporary.hpp"

using namespace microgpt;

namespace {

/// A home of its own for load_dataset(), with nothing in it.
struct EmptyHome {
    TemporaryDirectory directory;
    Environment cache{"XDG_CACHE_HOME", directory.path()};
    Environment names{"MICROGPT_NAMES", std::nullopt};
    Environment proxy{"no_proxy", "127.0.0.1"};
    Environment url{"MICROGPT_DATA_URL", "http://127.0.0.1:1/names.txt"};  // nobody listens
    std::filesystem::path cached = directory.path() / "microgpt/names.txt";
};

}  // namespace

// ---- download

TEST_CASE("SHA-256 gives the digests of the standard's examples", "[ch03][download]") {
    CHECK(sha256_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(sha256_of(std::string(1'000'000, 'a')) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("SHA-256 fills up the last block, whatever is left for it", "[ch03][download]") {
    std::string digests;  // of each length to 200, one behind the other
    for (int byte = 0; byte <= 200; ++byte) {
        digests += sha256_of(std::string(static_cast<std::size_t>(byte), static_cast<char>(byte)));
    }
    CHECK(sha256_of(digests) == "32bf3dfd680d6eec35c7e7faa2afb75b13290ffd987b0a324736d2d0bc1bcf13");
}

TEST_CASE("a download appears under its name when it is whole", "[ch03][download]") {
    const Environment no_proxy("no_proxy", "127.0.0.1");
    const TemporaryDirectory directory;
    const HttpServer server(HttpServer::ok("emma\n"));
    const std::filesystem::path file = directory.path() / "names.txt";
    std::uint64_t reported = 0;
    download(server.url(), file, sha256_of("emma\n"),
             [&](std::uint64_t come, std::uint64_t) { reported = come; });
    CHECK(read_file(file) == "emma\n");
    CHECK(reported == 5);
}

// ---- load_dataset

TEST_CASE("a file that was asked for is read, and has to be there", "[ch03][dataset]") {
    const TemporaryDirectory directory;
    const std::filesystem::path file = directory.path() / "mine.txt";
    write_file(file, "ava\n");
    CHECK(load_dataset({.file = file}).text == "ava\n");
    CHECK_THROWS_WITH(load_dataset({.file = directory.path() / "none.txt"}),
                      ContainsSubstring("none.txt: No such file"));
    CHECK_THROWS_WITH(load_dataset({.file = directory.path()}),
                      ContainsSubstring("Is a directory"));
}

TEST_CASE("MICROGPT_NAMES names a file", "[ch03][dataset]") {
    const TemporaryDirectory directory;
    write_file(directory.path() / "mine.txt", "ava\n");
    const Environment names("MICROGPT_NAMES", directory.path() / "mine.txt");
    CHECK(load_dataset().text == "ava\n");
}

TEST_CASE("without a network there is the sample, and a reason", "[ch03][dataset]") {
    const EmptyHome home;
    const Dataset dataset = load_dataset();
    CHECK(dataset.text == embedded_sample().text);
    CHECK_THAT(dataset.note, ContainsSubstring("127.0.0.1"));
    CHECK_THAT(dataset.note, ContainsSubstring("invented names instead"));
    CHECK(dataset.note.find('\n') == std::string::npos);
}

TEST_CASE("offline, nothing is downloaded", "[ch03][dataset]") {
    const EmptyHome home;
    CHECK_THAT(load_dataset({.offline = true}).note, ContainsSubstring("there is no"));
}

TEST_CASE("a cached file with other bytes is not names.txt", "[ch03][dataset]") {
    const EmptyHome home;
    std::filesystem::create_directories(home.cached.parent_path());
    write_file(home.cached, "not the names\n");
    CHECK(load_dataset({.offline = true}).text == embedded_sample().text);
}

TEST_CASE("where the cache cannot be used there is the sample, and a reason", "[ch03][dataset]") {
    const EmptyHome home;
    const auto is_sample_because = [](const std::string& reason) {
        CHECK_THAT(load_dataset().note, ContainsSubstring(reason));
        CHECK(load_dataset().text == embedded_sample().text);
        CHECK(load_dataset({.offline = true}).text == embedded_sample().text);
        // Who asks for certain bytes, as a run that goes on does, gets no others.
        CHECK_THROWS_AS(load_dataset({.sha256 = names_sha256}), Error);
        CHECK_THROWS_AS(load_dataset({.sha256 = names_sha256, .offline = true}), Error);
    };
    std::filesystem::create_directories(home.cached);  // a folder where the file should be
    is_sample_because("names.txt: Is a directory");
    std::filesystem::remove(home.cached);
    REQUIRE(mkfifo(home.cached.c_str(), 0600) == 0);
    is_sample_because("names.txt is a pipe");
    write_file(home.directory.path() / "file", "");
    const Environment cache("XDG_CACHE_HOME", home.directory.path() / "file");
    is_sample_because("cannot make the folder");
    const Environment no_cache("XDG_CACHE_HOME", std::nullopt);
    const Environment no_home("HOME", std::nullopt);
    is_sample_because("HOME is not set");
}

TEST_CASE("a cache is an absolute folder, or the one at home", "[ch03][dataset]") {
    const Environment home("HOME", "/home/somebody");
    for (const char* none : {"", "relative", "./here", "~/cache"}) {
        const Environment cache("XDG_CACHE_HOME", none);
        CHECK(cache_directory() == "/home/somebody/.cache/microgpt");
    }
    const Environment cache("XDG_CACHE_HOME", "/absolute");
    CHECK(cache_directory() == "/absolute/microgpt");
}

TEST_CASE("an address that is set to nothing is not set", "[ch03][dataset]") {
    const EmptyHome home;
    const Environment url("MICROGPT_DATA_URL", "");
    const Environment proxy("https_proxy", "http://127.0.0.1:1");  // no way there
    CHECK_THAT(load_dataset().note, ContainsSubstring("raw.githubusercontent.com"));
}

TEST_CASE("names.txt is downloaded once, and read from the cache after that", "[ch03][dataset]") {
    const Dataset names = load_dataset({.offline = true});
    if (sha256_of(names.text) != names_sha256) {
        WARN("SKIPPED: no names.txt");
        return;
    }
    const EmptyHome home;
    {
        const HttpServer server(HttpServer::ok(names.text));
        const Environment url("MICROGPT_DATA_URL", server.url("/names.txt"));
        CHECK(load_dataset().text == names.text);
    }
    CHECK(load_dataset().text == names.text);  // nobody listens any more
    CHECK(load_dataset().note.empty());
}

// ---- the embedded sample

TEST_CASE("the embedded sample has 2,000 names with every letter", "[ch03][dataset]") {
    const Dataset sample = embedded_sample();
    const std::vector<std::string_view> names = documents(sample.text, "sample");
    CHECK(names.size() == 2000);
    CHECK(std::set<std::string_view>(names.begin(), names.end()).size() == 2000);
    std::set<char> letters;
    for (const std::string_view name : names) {
        CHECK(name.size() <= 15);
        letters.insert(name.begin(), name.end());
    }
    CHECK(std::string(letters.begin(), letters.end()) == "abcdefghijklmnopqrstuvwxyz");
}

TEST_CASE("a SHA-256 may be written in capitals, and has to be one", "[ch03][dataset]") {
    const TemporaryDirectory folder;
    write_file(folder.path() / "abc.txt", "abc");
    std::string digits = sha256_of("abc");
    for (char& digit : digits) digit = static_cast<char>(std::toupper(digit));
    CHECK(load_dataset({.file = folder.path() / "abc.txt", .sha256 = digits}).text == "abc");
    CHECK(sha256_from(digits) == sha256_of("abc"));
    for (const std::string& none : {std::string("abc"), digits + "0", std::string(64, 'g')}) {
        CHECK_THROWS_AS(sha256_from(none), std::invalid_argument);
        CHECK_THROWS_AS(load_dataset({.file = folder.path() / "abc.txt", .sha256 = none}),
                        std::invalid_argument);
        CHECK_THROWS_AS(download("file:///x", folder.path() / "x", none), std::invalid_argument);
    }
}
