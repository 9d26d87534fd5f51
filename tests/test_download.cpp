// Downloads from a server that misbehaves: what is kept, what is tried again, and what is said.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "catch.hpp"
#include "eventually.hpp"
#include "http_server.hpp"
#include "microgpt/data/dataset.hpp"
#include "microgpt/files/download.hpp"
#include "microgpt/files/part_file.hpp"
#include "microgpt/files/save.hpp"
#include "microgpt/files/sha256.hpp"
#include "microgpt/files/trouble.hpp"
#include "temporary.hpp"

using namespace microgpt;
using namespace std::chrono_literals;

namespace {

/// Some bytes, enough to be cut in two.
const std::string names = [] {
    std::string text;
    for (int i = 0; i < 20000; ++i) text += "name" + std::to_string(i) + "\n";
    return text;
}();

/// A folder to download into, with limits that a test can wait for.
struct Download {
    TemporaryDirectory folder;
    Environment no_proxy{"no_proxy", "127.0.0.1"};
    std::filesystem::path file = folder.path() / "names.txt";
    std::filesystem::path part = folder.path() / "names.txt.microgpt-part";
    DownloadLimits limits = {.connect = 1s,
                             .stall = 1s,
                             .total = 5s,
                             .lock = 50ms,
                             .retries = 2,
                             .backoff = 1ms,
                             .redirects = 5,
                             .bytes = 1'000'000};

    Download() { write_file(file, "old"); }

    void from(const std::string& url) const { download(url, file, sha256_of(names), {}, limits); }
    void from(const HttpServer& server) const { from(server.url()); }

    /// The message of a download that has to fail, and to leave the old file.
    std::string refused(const std::string& url) const {
        std::string message = "nothing: it did not fail";
        try {
            from(url);
        } catch (const DownloadError& error) {
            message = error.what();
        }
        CHECK(message.find('\n') == std::string::npos);
        CHECK(read_file(file) == "old");
        return message;
    }
    std::string refused(const HttpServer& server) const { return refused(server.url()); }
    bool whole() const { return read_file(file) == names && !std::filesystem::exists(part); }
};

/// Certificates to trust, whatever the system has.
struct Authorities {
    Authorities(const Download& download, const std::string& certificate)
        : bundle(download.folder.path() / "bundle.pem") {
        write_file(bundle, certificate);
    }
    std::filesystem::path bundle;
    Environment use_it{"CURL_CA_BUNDLE", bundle};
};

/// Answers with these bytes in turn, and then with the last of them.
HttpServer::Answer in_turn(const std::vector<std::string>& answers) {
    return [answers](Connection& connection, const std::string&, std::size_t number) {
        connection.send(answers[std::min(number, answers.size() - 1)]);
    };
}

HttpServer::Answer ranges() {
    return [](Connection& connection, const std::string& request, std::size_t) {
        connection.send(HttpServer::range_of(names, request));
    };
}

}  // namespace

// ---- What goes well

TEST_CASE("200: the file is there, and no part of it", "[download]") {
    const Download download;
    const HttpServer server(HttpServer::ok(names));
    download.from(server);
    CHECK(download.whole());
}

TEST_CASE("five redirects are followed", "[download]") {
    const Download download;
    const auto answer = [](Connection& connection, const std::string&, std::size_t number) {
        const std::string next = "/" + std::to_string(number + 1);
        connection.send(number < 5 ? HttpServer::redirect(next) : HttpServer::ok(names));
    };
    const HttpServer server(answer, HttpServer::Speaks::tls);
    const Authorities authorities(download, server.certificate());
    download.from(server);
    CHECK(download.whole());
    CHECK(server.wait_for_requests(6).at(5).rfind("GET /5 ", 0) == 0);
}

TEST_CASE("a file:// address is copied", "[download]") {
    const Download download;
    const std::filesystem::path original = download.folder.path() / "original.txt";
    write_file(original, names);
    write_file(download.part, "left by another attempt");
    download.from("file://" + original.string());
    CHECK(download.whole());
}

TEST_CASE("a proxy is gone through", "[download]") {
    const Download download;
    const HttpServer proxy(HttpServer::ok(names));
    const Environment use_it("http_proxy", proxy.url(""));
    const Environment not_for("no_proxy", std::nullopt);
    download.from("http://127.0.0.1:1/names.txt");
    CHECK(download.whole());
    CHECK(proxy.requests().at(0).rfind("GET http://127.0.0.1:1/names.txt ", 0) == 0);
}

TEST_CASE("a proxy that refuses is called the proxy", "[download]") {
    const Download download;
    const HttpServer proxy(HttpServer::status("407 Proxy Authentication Required"));
    const HttpServer other(HttpServer::status("403 Forbidden"));
    const Environment not_for("no_proxy", std::nullopt);
    for (const std::string address : {"http://127.0.0.1:1/names.txt", "https://example.com/"}) {
        const Environment plain("http_proxy", proxy.url("")), secure("https_proxy", proxy.url(""));
        CHECK(download.refused(address) == address + ": the proxy answers with status 407");
    }
    const Environment secure("https_proxy", other.url(""));
    CHECK(download.refused("https://example.com/") ==
          "https://example.com/: the proxy answers with status 403");
}

// ---- What may pass is tried again

TEST_CASE("500, then 200: the second attempt succeeds", "[download]") {
    const Download download;
    const HttpServer server(
        in_turn({HttpServer::status("500 Internal Server Error"), HttpServer::ok(names)}));
    download.from(server);
    CHECK(download.whole());
    CHECK(server.wait_for_requests(2).size() == 2);
}

TEST_CASE("503 always: two retries, and no more", "[download]") {
    const Download download;
    const HttpServer server(HttpServer::status("503 Service Unavailable"));
    CHECK(download.refused(server) == server.url() + ": the server answers with status 503");
    CHECK(server.wait_for_requests(3).size() == 3);
}

TEST_CASE("429: too many requests may pass", "[download]") {
    const Download download;
    const HttpServer server(
        in_turn({HttpServer::status("429 Too Many Requests"), HttpServer::ok(names)}));
    download.from(server);
    CHECK(download.whole());
}

TEST_CASE("a connection that is reset is tried again", "[download]") {
    const Download download;
    const HttpServer server([](Connection& connection, const std::string&, std::size_t) {
        connection.send(HttpServer::ok(names.substr(0, 1000), names.size()));
        connection.reset();
    });
    CHECK(download.refused(server) == server.url() + ": the connection was reset");
    CHECK(server.wait_for_requests(3).size() == 3);
}

TEST_CASE("a connection that is reset while TLS begins is tried again", "[download]") {
    const Download download;
    const Authorities authorities(download, HttpServer({}, HttpServer::Speaks::tls).certificate());
    const HttpServer server(in_turn({""}), HttpServer::Speaks::nothing);
    download.refused("https" + server.url().substr(4));
    CHECK(server.wait_for_requests(3).size() == 3);
}

TEST_CASE("the pause before each retry is longer", "[download]") {
    Download download;
    download.limits.backoff = 100ms;
    const HttpServer server(HttpServer::status("503 Service Unavailable"));
    const auto start = std::chrono::steady_clock::now();
    download.refused(server);
    CHECK(std::chrono::steady_clock::now() - start >= 300ms);
}

// ---- A part is gone on with

TEST_CASE("a truncated body is gone on with where it ends", "[download]") {
    const Download download;
    const HttpServer server(
        [](Connection& connection, const std::string& request, std::size_t number) {
            connection.send(number == 0 ? HttpServer::ok(names.substr(0, 1000), names.size())
                                        : HttpServer::range_of(names, request));
        });
    download.from(server);
    CHECK(download.whole());
    CHECK_THAT(server.wait_for_requests(2).at(1), ContainsSubstring("Range: bytes=1000-\r\n"));
}

TEST_CASE("where the server knows no ranges it begins anew", "[download]") {
    const Download download;
    const HttpServer server(
        in_turn({HttpServer::ok(names.substr(0, 1000), names.size()), HttpServer::ok(names)}));
    download.from(server);
    CHECK(download.whole());
}

TEST_CASE("a part that another process left is gone on with", "[download]") {
    const Download download;
    write_file(download.part, names.substr(0, 2000));
    const HttpServer server(ranges());
    download.from(server);
    CHECK(download.whole());
    CHECK_THAT(server.wait_for_requests(1).at(0), ContainsSubstring("Range: bytes=2000-\r\n"));
}

TEST_CASE("a redirect on the way keeps the range, and adds nothing to the part", "[download]") {
    const Download download;
    write_file(download.part, names.substr(0, 2000));
    const auto answer = [](Connection& connection, const std::string& request, std::size_t number) {
        connection.send(number == 0 ? HttpServer::redirect("/moved")
                                    : HttpServer::range_of(names, request));
    };
    const HttpServer server(answer, HttpServer::Speaks::tls);
    const Authorities authorities(download, server.certificate());
    download.from(server);
    CHECK(download.whole());
    CHECK_THAT(server.wait_for_requests(2).at(1), ContainsSubstring("Range: bytes=2000-\r\n"));
}

TEST_CASE("a part that is whole needs no network", "[download]") {
    const Download download;
    write_file(download.part, names);
    download.from("http://127.0.0.1:1/names.txt");
    CHECK(download.whole());
}

TEST_CASE("a part of another file is thrown away", "[download]") {
    const Download download;
    const HttpServer server(ranges());
    write_file(download.part, "not the beginning of it");
    download.from(server);
    CHECK(download.whole());
    write_file(download.file, "old");
    write_file(download.part, names + "and more");  // 416: there is nothing after the end
    download.from(server);
    CHECK(download.whole());
}

TEST_CASE("a body that is always truncated is a failure, and leaves its part", "[download]") {
    const Download download;
    const HttpServer server(HttpServer::ok(names.substr(0, 1000), names.size()));
    CHECK(download.refused(server) == server.url() + ": the connection ended too soon");
    CHECK(server.wait_for_requests(3).size() == 3);
    CHECK(read_file(download.part) == names.substr(0, 1000));
}

// ---- What cannot pass is not tried again

TEST_CASE("404 is final", "[download]") {
    const Download download;
    const HttpServer server(HttpServer::status("404 Not Found"));
    CHECK(download.refused(server) == server.url() + ": the server answers with status 404");
    CHECK(server.wait_for_requests(1).size() == 1);
    CHECK(!std::filesystem::exists(download.part));
}

TEST_CASE("a circle of redirects is left after five", "[download]") {
    const Download download;
    const HttpServer server(in_turn({HttpServer::redirect("/names.txt")}), HttpServer::Speaks::tls);
    const Authorities authorities(download, server.certificate());
    CHECK(download.refused(server) == server.url() + ": too many redirects");
    CHECK(server.wait_for_requests(6).size() == 6);
}

TEST_CASE("a redirect that names no place leads nowhere", "[download]") {
    const Download download;
    const HttpServer server("HTTP/1.1 302 Found\r\nContent-Length: 5\r\n\r\nnames");
    CHECK(download.refused(server) == server.url() + ": it leads nowhere");
    CHECK(!std::filesystem::exists(download.part));
}

TEST_CASE("a redirect to plain http is not followed, nor to a file", "[download]") {
    const Download download;
    for (const std::string to :
         {"http://example.com/names.txt", "http://127.0.0.1:1/names.txt", "file:///etc/passwd",
          "http://127.evil.example/", "ftp://127.0.0.1/names.txt"}) {
        const HttpServer server(HttpServer::redirect(to));
        CHECK(download.refused(server) == to + " is not https");
        CHECK(server.wait_for_requests(1).size() == 1);
    }
}

TEST_CASE("a redirect to plain http is not followed by a proxy either", "[download]") {
    const Download download;
    const HttpServer proxy(HttpServer::redirect("http://example.com/names.txt"));
    const Environment use_it("http_proxy", proxy.url(""));
    const Environment not_for("no_proxy", std::nullopt);
    CHECK(download.refused("http://127.0.0.1:1/") == "http://example.com/names.txt is not https");
    for (const std::string& request : proxy.requests()) {
        CHECK_THAT(request, !ContainsSubstring("example.com"));
    }
}

TEST_CASE("an address that is neither https nor loopback is refused", "[download]") {
    const Download download;
    CHECK(download.refused("http://example.com/") == "http://example.com/ is not https");
    CHECK(download.refused("ftp://127.0.0.1/x") == "ftp://127.0.0.1/x is not https");
    CHECK(download.refused("names.txt").find("names.txt") != std::string::npos);
    CHECK(download.refused("http://") == "'http://' is not an address");
}

TEST_CASE("a message does not repeat who may come in, and by which password", "[download]") {
    const Download download;
    CHECK(download.refused("http://me:secret@example.com/@x") ==
          "http://example.com/@x is not https");
    CHECK(download.refused("http://me:secret@127.0.0.1:1/a@b") ==
          "http://127.0.0.1:1/a@b: nothing answers at this address");
    CHECK(download.refused("https://me:sec ret@:x") == "':x' is not an address");
    CHECK(download.refused("file://me:secret@localhost/none").find("secret") == std::string::npos);
    const HttpServer server(HttpServer::redirect("http://me:secret@example.com/"));
    CHECK(download.refused(server) == "http://example.com/ is not https");
}

TEST_CASE("wrong bytes are not kept, and not asked for again", "[download]") {
    const Download download;
    const HttpServer server(HttpServer::ok("emmy\n"));
    CHECK_THAT(download.refused(server), ContainsSubstring("its SHA-256 is"));
    CHECK(server.wait_for_requests(1).size() == 1);
    CHECK(!std::filesystem::exists(download.part));
}

TEST_CASE("a length that is too small makes them wrong bytes", "[download]") {
    const Download download;
    const HttpServer server(HttpServer::ok(names, 1000));
    CHECK_THAT(download.refused(server), ContainsSubstring("its SHA-256 is"));
}

TEST_CASE("a proxy that nobody listens at may be what is wrong", "[download]") {
    const Download download;
    const Environment not_for("no_proxy", std::nullopt), use_it("http_proxy", "http://127.0.0.1:1");
    CHECK(download.refused("http://127.0.0.1:2/") ==
          "http://127.0.0.1:2/: nothing answers at this address, or at the proxy");
}

TEST_CASE("a host with other letters is to be written as the network knows it", "[download]") {
    const Download download;
    CHECK(download.refused("https://b\u00fccher.example/") ==
          "https://b\u00fccher.example/: write its host in ASCII, beginning with xn--");
}

TEST_CASE("an error that has no words of its own has a number", "[download]") {
    CHECK(trouble_of(59).words == "libcurl gives up with its error 59");
}

TEST_CASE("nobody listens: that is final", "[download]") {
    const Download download;
    const auto start = std::chrono::steady_clock::now();
    CHECK(download.refused("http://127.0.0.1:1/") ==
          "http://127.0.0.1:1/: nothing answers at this address");
    CHECK(std::chrono::steady_clock::now() - start < 900ms);
}

TEST_CASE("a host that is not known is final", "[download]") {
    const Download download;
    const Environment no_proxy("no_proxy", "*");
    CHECK(download.refused("https://nobody.invalid/names.txt") ==
          "https://nobody.invalid/names.txt: there is no such host");
}

TEST_CASE("an endless body is left at the size limit", "[download]") {
    const Download download;
    const HttpServer server([](Connection& connection, const std::string&, std::size_t) {
        connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        while (connection.send(names)) {
        }
    });
    CHECK(download.refused(server) == server.url() + ": more than 1000000 bytes come from there");
    CHECK(!std::filesystem::exists(download.part));
}

TEST_CASE("what is not of the file counts towards the limit as well", "[download]") {
    const Download download;
    const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    const std::vector<std::pair<std::string, std::string>> endless = {
        {"HTTP/1.1 302 Found\r\nLocation: /on\r\n\r\n", names},             // a redirect's own page
        {"HTTP/1.1 404 Not Found\r\n\r\n", names},                          // a failure's
        {chunked, "1;" + std::string(4000, 'x') + "\r\na\r\n"},             // words about chunks
        {chunked + "0\r\n", "X: " + std::string(4000, 'x') + "\r\n"},       // trailers
        {"HTTP/1.1 200 OK\r\n", "X: " + std::string(4000, 'x') + "\r\n"}};  // headers
    for (const std::pair<std::string, std::string>& response : endless) {
        const std::string &begin = response.first, &more = response.second;
        INFO(begin << more.substr(0, 2));
        std::size_t sent = 0;
        {
            const auto answer = [&](Connection& connection, const std::string&, std::size_t) {
                connection.send(begin);
                while (sent < 60'000'000 && connection.send(more)) sent += more.size();
            };
            const HttpServer server(answer, HttpServer::Speaks::tls);
            const Authorities authorities(download, server.certificate());
            download.refused(server);
        }
        CHECK(sent < 30'000'000);  // some of it is on its way when the other side has had enough
        CHECK(!std::filesystem::exists(download.part));
    }
}

TEST_CASE("a part over the limit is dropped unread", "[download]") {
    const Download download;
    write_file(download.part, "x");
    std::filesystem::resize_file(download.part, std::uintmax_t{1} << 40);  // a terabyte of nothing
    const HttpServer server(ranges());
    download.from(server);
    CHECK(download.whole());
    CHECK_THAT(server.wait_for_requests(1).at(0), !ContainsSubstring("Range:"));
}

TEST_CASE("a part that is nearly as large as may be is begun anew all the same", "[download]") {
    Download download;
    download.limits.bytes = names.size() + 1000;  // there are headers, too
    write_file(download.part, names.substr(0, names.size() - 10));
    const HttpServer server(HttpServer::ok(names));
    download.from(server);
    CHECK(download.whole());
}

TEST_CASE("the bytes that are used are those that were checked", "[download]") {
    const Download download;
    const HttpServer server(HttpServer::ok(names));
    CHECK(microgpt::download(server.url(), download.file, sha256_of(names), {}, download.limits) ==
          names);
    const std::string again =  // and of a file that is there already
        microgpt::download("http://127.0.0.1:1/", download.file, sha256_of(names));
    CHECK(again == names);
}

// ---- What takes too long

TEST_CASE("the limits are those that docs/faults.md tells of", "[download]") {
    const DownloadLimits limits;
    CHECK(limits.connect == 10s);
    CHECK(limits.stall == 20s);
    CHECK(limits.total == 5min);
    CHECK(limits.lock == 1min);
    CHECK(limits.retries == 2);
    CHECK(limits.backoff == 500ms);
    CHECK(limits.redirects == 5);
    CHECK(limits.bytes == 100'000'000);
}

TEST_CASE("a host that does not answer is left", "[download]") {
    Download download;
    download.limits.connect = 300ms;
    download.limits.retries = 0;
    const DeafPort port;
    const auto start = std::chrono::steady_clock::now();
    CHECK(download.refused(port.url()) == port.url() + ": no answer in time");
    CHECK(std::chrono::steady_clock::now() - start < 3s);
}

TEST_CASE("a file:// address of a pipe is refused", "[download]") {
    const Download download;
    const std::filesystem::path pipe = download.folder.path() / "pipe";
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    CHECK_THAT(download.refused("file://" + pipe.string()), ContainsSubstring("is not a file"));
}

TEST_CASE("a stall in the header ends it", "[download]") {
    Download download;
    download.limits.retries = 0;
    const HttpServer server([](Connection& connection, const std::string&, std::size_t) {
        connection.send("HTTP/1.1 200 OK\r\nContent-");
        connection.wait(10000);
    });
    CHECK_THAT(download.refused(server), ContainsSubstring("nothing more comes"));
}

TEST_CASE("a stall in the body ends it, and the part is kept", "[download]") {
    Download download;
    download.limits.retries = 0;
    const HttpServer server([](Connection& connection, const std::string&, std::size_t) {
        connection.send(HttpServer::ok(names.substr(0, 1000), names.size()));
        connection.wait(10000);
    });
    CHECK_THAT(download.refused(server), ContainsSubstring("nothing more comes"));
    CHECK(read_file(download.part) == names.substr(0, 1000));
}

TEST_CASE("a slow drip ends with the time there is for all attempts", "[download]") {
    Download download;
    download.limits.total = 700ms;
    const HttpServer server([](Connection& connection, const std::string&, std::size_t) {
        connection.send(HttpServer::ok("", names.size()));
        while (connection.wait(10) && connection.send("x")) {
        }
    });
    const auto start = std::chrono::steady_clock::now();
    CHECK_THAT(download.refused(server), ContainsSubstring("too long"));
    CHECK(std::chrono::steady_clock::now() - start < 3s);
}

TEST_CASE("what a progress function throws ends the download", "[download]") {
    const Download download;
    const HttpServer server(HttpServer::ok(names));
    const auto give_up = [](std::uint64_t, std::uint64_t) { throw std::logic_error("enough"); };
    // Not the next one that dup() gives: accept() keeps a number for whom it waits for.
    const auto open_descriptors = [] {
        int open = 0;
        for (int i = 0; i < 1000; ++i) open += fcntl(i, F_GETFD) != -1;
        return open;
    };
    const int before = open_descriptors();
    for (int i = 0; i < 10; ++i) {
        CHECK_THROWS_WITH(microgpt::download(server.url(), download.file, sha256_of(names), give_up,
                                             download.limits),
                          "enough");
        std::filesystem::remove(download.part);  // or the next one would find it whole
    }
    // The server has some of its own for a while.
    CHECK(eventually([&] { return open_descriptors() <= before; }));
    CHECK(read_file(download.file) == "old");
}

// ---- TLS

TEST_CASE("a certificate that nobody knows is refused", "[download]") {
    const Download download;
    const HttpServer server(in_turn({HttpServer::ok(names)}), HttpServer::Speaks::tls);
    const HttpServer other({}, HttpServer::Speaks::tls);
    const Authorities authorities(download, other.certificate());
    CHECK_THAT(download.refused(server), ContainsSubstring("is signed by nobody"));
    CHECK(server.wait_for_requests(1) == std::vector<std::string>{""});
}

TEST_CASE("without certificates to trust it says what to install", "[download]") {
    const Download download;
    const HttpServer server(in_turn({HttpServer::ok(names)}), HttpServer::Speaks::tls);
    const Environment none("CURL_CA_BUNDLE", download.folder.path() / "none.pem");
    CHECK_THAT(download.refused(server), ContainsSubstring("install ca-certificates"));
}

TEST_CASE("CURL_CA_BUNDLE makes a certificate known", "[download]") {
    const Download download;
    const HttpServer server(in_turn({HttpServer::ok(names)}), HttpServer::Speaks::tls);
    const Authorities authorities(download, server.certificate());
    download.from(server);
    CHECK(download.whole());
}

TEST_CASE("https does not lead to plain http, not even on loopback", "[download]") {
    const Download download;
    const HttpServer plain(HttpServer::ok(names));
    const HttpServer server(in_turn({HttpServer::redirect(plain.url())}), HttpServer::Speaks::tls);
    const Authorities authorities(download, server.certificate());
    CHECK(download.refused(server) == plain.url() + " is not https");
    CHECK(plain.requests().empty());
}

// ---- More than one process

TEST_CASE("of four at once one downloads, and all find the file", "[download]") {
    Download download;
    download.limits.lock = 5s;
    const HttpServer server([](Connection& connection, const std::string&, std::size_t) {
        connection.wait(200);
        connection.send(HttpServer::ok(names));
    });
    std::vector<std::thread> processes;  // a lock is held by an open file, not by a process
    for (int i = 0; i < 4; ++i) processes.emplace_back([&] { download.from(server); });
    for (std::thread& process : processes) process.join();
    CHECK(download.whole());
    CHECK(server.wait_for_requests(1).size() == 1);
}

TEST_CASE("nobody waits for ever for another process", "[download]") {
    const Download download;
    const PartFile other(download.file);
    CHECK_THROWS_WITH(download.from("http://127.0.0.1:1/"),
                      ContainsSubstring("another process is writing"));
}

// ---- A mirror

namespace {

/// No cache, and no other way to names.txt than the mirror.
struct Mirror {
    explicit Mirror(const std::string& text) : server(HttpServer::ok(text)) {}

    TemporaryDirectory cache;
    HttpServer server;
    Environment cache_home{"XDG_CACHE_HOME", cache.path()};
    Environment names{"MICROGPT_NAMES", std::nullopt};
    Environment no_proxy{"no_proxy", "127.0.0.1"};
    Environment url{"MICROGPT_DATA_URL", server.url()};
};

}  // namespace

TEST_CASE("a mirror has to have the same bytes, or those that are asked for", "[download]") {
    const Mirror mirror("ava\nemma\n");
    CHECK_THAT(load_dataset().note, ContainsSubstring("its SHA-256 is"));
    CHECK_THROWS_AS(load_dataset({.sha256 = sha256_of("other")}), DownloadError);
    const DatasetOptions own = {.sha256 = sha256_of("ava\nemma\n")};
    CHECK(load_dataset(own).text == "ava\nemma\n");
    const std::size_t before = mirror.server.requests().size();
    CHECK(load_dataset(own).text == "ava\nemma\n");  // from the cache
    CHECK(mirror.server.requests().size() == before);
    CHECK(!std::filesystem::exists(mirror.cache.path() / "microgpt/names.txt"));
}

TEST_CASE("a file of one's own can be held against a SHA-256", "[download]") {
    const TemporaryDirectory folder;
    const std::filesystem::path file = folder.path() / "mine.txt";
    write_file(file, "ava\n");
    std::string large = sha256_of("ava\n");
    for (char& digit : large) digit = static_cast<char>(std::toupper(digit));
    CHECK(load_dataset({.file = file, .sha256 = large}).text == "ava\n");
    CHECK_THROWS_AS(load_dataset({.file = file, .sha256 = "abc"}), std::invalid_argument);
    CHECK(load_dataset({.file = file, .sha256 = sha256_of("ava\n")}).text == "ava\n");
    CHECK_THROWS_WITH(load_dataset({.file = file, .sha256 = sha256_of("eva\n")}),
                      ContainsSubstring("is another file"));
}
