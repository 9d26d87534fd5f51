// What goes wrong around the program: it says so in one line, and nothing that was there is lost.
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <random>
#include <thread>

#include "catch.hpp"
#include "eventually.hpp"
#include "http_server.hpp"
#include "microgpt/files/file.hpp"
#include "microgpt/files/save.hpp"
#include "microgpt/files/sha256.hpp"
#include "microgpt/run/checkpoint.hpp"
#include "program.hpp"

#if defined(__SANITIZE_ADDRESS__)
#define MICROGPT_UNDER_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define MICROGPT_UNDER_ASAN 1
#endif
#endif

using namespace microgpt;
using namespace std::chrono_literals;

namespace {

#ifdef MICROGPT_UNDER_ASAN
constexpr bool memory_is_its_own = false;  // AddressSanitizer takes terabytes of addresses
#else
constexpr bool memory_is_its_own = true;
#endif

#ifdef __APPLE__
constexpr bool memory_has_limits = false;  // ulimit -v does nothing
#else
constexpr bool memory_has_limits = memory_is_its_own;
#endif

const std::string accents = MICROGPT_SOURCE_DIR "/tests/golden/cases/accents.txt";
const std::string data = "--data '" + accents + "' --block-size 26 ";

void sleep_for(std::chrono::microseconds time) { std::this_thread::sleep_for(time); }

/// The lines of the steps, without what stands around them.
std::vector<std::string> steps_of(const std::string& out) {
    std::vector<std::string> steps;
    for (const std::string& line : lines_of(out)) {
        if (line.rfind("step ", 0) == 0) steps.push_back(line);
    }
    return steps;
}

/// The names, with the heading.
std::string names_of(const std::string& out) { return out.substr(out.find("\n---")); }

/// Names of files in a folder.
std::vector<std::string> files_in(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        names.push_back(entry.path().filename());
    }
    std::sort(names.begin(), names.end());
    return names;
}

/// A folder with a place for a checkpoint.
struct Folder {
    TemporaryDirectory directory;
    std::string model = directory.path() / "model.safetensors";
    std::vector<std::string> files() const { return files_in(directory.path()); }
};

}  // namespace

// ---- Stopping

TEST_CASE("Ctrl-C, SIGTERM and SIGHUP: save, say so, and go on later as if nothing had been",
          "[faults][signals]") {
    const std::string run = data + "--steps 1000000 ";
    Process whole(run);
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        const Folder folder;
        const std::string log = folder.directory.path() / "loss.csv";
        const std::string save = run + "--save " + folder.model + " --log " + log;
        const auto stop_after = [&](const std::string& arguments, std::size_t lines) {
            Process process(arguments);
            process.wait_for_lines(lines);
            process.signal(number);
            const Outcome stopped = process.wait();
            const std::size_t done = load_checkpoint(folder.model).losses.size();
            CHECK(stopped.status == 128 + number);
            CHECK(stopped.err == "microgpt: stopped after step " + std::to_string(done) +
                                     " of 1000000; go on with --load " + folder.model + "\n");
            CHECK(lines_of(read_file(log)).size() == done + 1);
            return steps_of(stopped.out);
        };
        std::vector<std::string> steps = stop_after(save, 100);
        for (const std::string& line : stop_after(save + " --load " + folder.model, 100)) {
            steps.push_back(line);
        }
        whole.wait_for_lines(steps.size() + 4);
        std::vector<std::string> expected = steps_of(whole.printed());
        REQUIRE(expected.size() >= steps.size());
        expected.resize(steps.size());
        CHECK(steps == expected);
    }
}

TEST_CASE("two signals at once are one, and one two seconds later ends the program",
          "[faults][signals]") {
    const Folder folder;
    Process process(data + "--steps 1000000 --save " + folder.model);
    process.wait_for_lines(10);
    process.signal(SIGTERM);
    process.signal(SIGTERM);
    CHECK(process.wait().status == 143);
    CHECK(std::filesystem::exists(folder.model));

    const std::string pipe = folder.directory.path() / "pipe";
    Process stuck(data + "--steps 1 --samples 0 --save " + pipe,
                  "mkfifo " + pipe + "; exec 3<> " + pipe);
    stuck.wait_for_lines(4);
    sleep_for(300ms);  // now it waits for its reader, who has only opened the pipe
    stuck.signal(SIGINT);
    sleep_for(2100ms);
    CHECK(!stuck.has_ended());
    stuck.signal(SIGINT);
    CHECK(stuck.wait().status == 130);
}

TEST_CASE("a pipe that nobody reads is waited for, and the first signal ends that",
          "[faults][signals]") {
    const Folder folder;
    const std::string place = folder.directory.path(), pipe = place + "/pipe";
    const std::string make = "mkfifo " + pipe + "; export TMPDIR=" + place;
    for (const std::string flag : {"--save ", "--log ", "--plot "}) {
        INFO(flag);
        Process process(data + "--steps 2 --samples 0 " + flag + pipe, make);
        process.wait_for_lines(5);
        sleep_for(800ms);
        CHECK(!process.has_ended());
        process.signal(SIGTERM);
        const Outcome outcome = process.wait();
        CHECK(outcome.status == 1);
        const std::vector<std::string> said = lines_of(outcome.err);
        REQUIRE(said.size() == 2);
        CHECK(said[0] == "microgpt: " + pipe + " waits for a reader: Ctrl-C goes on without one");
        const std::string begin =
            "microgpt: cannot write " + pipe + ": nobody reads it; its bytes are kept in ";
        REQUIRE(said[1].starts_with(begin));
        CHECK(std::filesystem::file_size(said[1].substr(begin.size())) > 0);
        std::filesystem::remove(pipe);
    }
    Process late(data + "--steps 2 --samples 0 --save " + pipe, make);
    late.wait_for_lines(5);
    sleep_for(100ms);
    write_file(folder.model, read_file(pipe));
    CHECK(late.wait().status == 0);
    CHECK(load_checkpoint(folder.model).losses.size() == 2);
}

TEST_CASE("a signal ends waiting for data", "[faults][signals]") {
    const Folder folder;
    const std::string pipe = folder.directory.path() / "pipe";
    for (const std::string& before : {"mkfifo " + pipe, "exec 3<> " + pipe}) {
        for (const std::string flag : {"--data ", "--load "}) {
            Process process(flag + pipe, before);
            eventually([&] { return std::filesystem::exists(pipe); });
            sleep_for(200ms);
            process.signal(SIGTERM);
            CHECK(process.wait().status == 143);
            if (before.starts_with("mkfifo") && flag == "--data ") std::filesystem::remove(pipe);
        }
    }
}

TEST_CASE("stopped without --save, it says what would have helped", "[faults][signals]") {
    Process process(data + "--steps 1000000");
    process.wait_for_lines(5);
    process.signal(SIGINT);
    const Outcome outcome = process.wait();
    CHECK(outcome.status == 130);
    CHECK(lines_of(outcome.err).size() == 1);
    CHECK_THAT(outcome.err, ContainsSubstring("with --save FILE it could have gone on"));
}

TEST_CASE("the limit of time is like SIGTERM, and so is a batch system's warning",
          "[faults][signals]") {
    const Folder folder;
    const auto stopped = [&](int number, const std::string& limit = "") {
        Process process(data + "--engine value --steps 1000000 --save " + folder.model, limit);
        process.wait_for_lines(10);
        if (number != SIGXCPU) process.signal(number);
        CHECK(process.wait().status == 128 + number);
        CHECK(load_checkpoint(folder.model).losses.size() >= 1);
        std::filesystem::remove(folder.model);
    };
    for (const int number : {SIGUSR1, SIGUSR2}) stopped(number);
    stopped(SIGXCPU, "ulimit -S -t 1");  // seconds
    stopped(SIGXCPU, "ulimit -t 2");     // and then there would be no mercy
}

TEST_CASE("stopped before its first step, a run replaces nothing", "[faults][signals]") {
    const Folder folder;
    const std::string place = folder.directory.path();
    write_file(folder.model, "a good model");
    write_file(place + "/loss.csv", "its losses");
    const std::string command = std::string("(sleep 0.2; '") + MICROGPT_BINARY_DIR + "/microgpt' " +
                                data + "--save " + folder.model + " --log " + place +
                                "/loss.csv 2> " + place + "/err; echo $? > " + place +
                                "/status) | true";  // nobody reads its first line
    CHECK(std::system(command.c_str()) == 0);
    CHECK(eventually([&] {
        return std::filesystem::exists(place + "/status") && !read_file(place + "/status").empty();
    }));
    CHECK(read_file(place + "/status") == "141\n");
    CHECK(read_file(place + "/err") ==
          "microgpt: stopped before the first step: nothing is written\n");
    CHECK(read_file(folder.model) == "a good model");
    CHECK(read_file(place + "/loss.csv") == "its losses");
}

TEST_CASE("stopped while it invents names, it stops", "[faults][signals]") {
    Process process(data + "--steps 1 --samples 2000000000");
    process.wait_for_lines(7);
    process.signal(SIGTERM);
    CHECK(process.wait().status == 143);
}

TEST_CASE("a reader that goes away is like Ctrl-C: what was trained is saved",
          "[faults][signals]") {
    const Folder folder;
    const std::string status = folder.directory.path() / "status";
    const std::string command = std::string("('") + MICROGPT_BINARY_DIR + "/microgpt' " + data +
                                "--steps 1000000 --save " + folder.model + "; echo $? > " + status +
                                ") 2> /dev/null | head -n 5 > /dev/null";
    CHECK(std::system(command.c_str()) == 0);
    REQUIRE(
        eventually([&] { return std::filesystem::exists(status) && !read_file(status).empty(); }));
    CHECK(read_file(status) == "141\n");
    CHECK(load_checkpoint(folder.model).losses.size() < 1000000);
    const std::string err = folder.directory.path() / "err";
    const std::string few = std::string("cd '") + folder.directory.path().string() + "'; ('" +
                            MICROGPT_BINARY_DIR + "/microgpt' " + data +
                            "--steps 2 --save - 2> err; echo $? > status) | head -c 10 > out";
    CHECK(std::system(few.c_str()) == 0);
    REQUIRE(eventually([&] { return read_file(status) == "141\n"; }));
    CHECK_THAT(read_file(err), ContainsSubstring("cannot write stdout: Broken pipe; its bytes are "
                                                 "kept in ./stdout.microgpt-"));
}

TEST_CASE("Ctrl-C ends a download within a second", "[faults][signals]") {
    const TemporaryDirectory cache;
    const HttpServer server([](Connection& connection, const std::string&, std::size_t) {
        connection.send(HttpServer::ok("the beginning", 1000));
        connection.wait(10000);
    });
    Process process("", "unset MICROGPT_NAMES; export no_proxy=127.0.0.1 XDG_CACHE_HOME='" +
                            cache.path().string() + "' MICROGPT_DATA_URL=" + server.url());
    server.wait_for_requests(1);
    sleep_for(50ms);
    const auto start = std::chrono::steady_clock::now();
    process.signal(SIGINT);
    CHECK(process.wait().status == 130);
    CHECK(std::chrono::steady_clock::now() - start < 1s);
}

#ifdef __linux__
TEST_CASE("where libcurl cannot be loaded, it says so, and trains on what there is", "[faults]") {
    const TemporaryDirectory folder;
    const std::string path = folder.path().string();
    write_file(folder.path() / "libcurl.so.4", "no library");
    const Outcome outcome =
        run_microgpt("--steps 1 --samples 0", "unset MICROGPT_NAMES; export XDG_CACHE_HOME='" +
                                                  path + "' LD_LIBRARY_PATH='" + path + "'");
    CHECK(outcome.status == 0);
    CHECK(outcome.err == "microgpt: libcurl cannot be loaded (" + path +
                             "/libcurl.so.4: file too short): install it, or set MICROGPT_NAMES "
                             "to a file of your own: training on 2,000 invented names instead\n");
    CHECK(lines_of(outcome.out).at(0) == "num docs: 2000");
}
#endif

// ---- Killed, at any instant

TEST_CASE("killed at 50 instants of a download: the cache is absent or whole", "[faults][kill]") {
    std::string text;
    for (int i = 0; i < 500000; ++i) text += "name" + std::to_string(i) + "\n";
    const TemporaryDirectory folder;
    const HttpServer slow([&](Connection& connection, const std::string& request, std::size_t) {
        const std::string answer = HttpServer::range_of(text, request);
        for (std::size_t i = 0; i < answer.size() && connection.wait(1); i += 250000) {
            connection.send(answer.substr(i, 250000));
        }
    });
    write_file(folder.path() / "original.txt", text);
    const std::string quick = "file://" + (folder.path() / "original.txt").string();

    const std::string sha256 = sha256_of(text);
    const std::filesystem::path file =
        folder.path() / "microgpt" / ("names-" + sha256.substr(0, 16) + ".txt");
    const std::string before = "unset MICROGPT_NAMES; export no_proxy=127.0.0.1 XDG_CACHE_HOME='" +
                               folder.path().string() + "' MICROGPT_DATA_URL=";
    const std::string arguments = "--steps 0 --samples 0 --sha256 " + sha256;
    std::mt19937 random(1);
    for (int i = 0; i < 50; ++i) {  // in turn while it comes, and while it is put in its place
        Process process(arguments, before + (i % 2 == 0 ? slow.url() : quick));
        sleep_for(std::chrono::microseconds(random() % 50000));
        process.signal(SIGKILL);
        process.wait();
        if (!std::filesystem::exists(file)) continue;
        REQUIRE(sha256_of(read_file(file)) == sha256);
        std::filesystem::remove(file);
    }
    CHECK(run_microgpt(arguments, before + slow.url()).status == 0);
    CHECK(sha256_of(read_file(file)) == sha256);
    CHECK(files_in(file.parent_path()).size() == 1);
}

TEST_CASE("killed at 50 instants of --save: the checkpoint is absent, old or whole",
          "[faults][kill]") {
    const Folder folder;
    const std::string arguments = data + "--steps 1000000 --save-every 1 --save " + folder.model;
    std::mt19937 random(2);
    for (int i = 0; i < 50; ++i) {
        Process process(arguments);
        sleep_for(std::chrono::microseconds(random() % 50000));
        process.signal(SIGKILL);
        process.wait();
        if (std::filesystem::exists(folder.model)) load_checkpoint(folder.model);
        if (i % 10 == 9) std::filesystem::remove(folder.model);
    }
    CHECK(run_microgpt(data + "--steps 3 --save " + folder.model).status == 0);
    CHECK(load_checkpoint(folder.model).losses.size() == 3);
    CHECK(folder.files() == std::vector<std::string>{"model.safetensors"});
}

// ---- Disks and folders

TEST_CASE("a disk that is full is known before training", "[faults][files]") {
    const Folder folder;
    write_file(folder.model, "old");
    const std::string full = "ulimit -f 16";  // no file over 8 KiB
    check_refused(data + "--save " + folder.model, 1, "model.safetensors: File too large", full);
    check_refused(data + "--log " + folder.model, 1, "model.safetensors: File too large", full);
    CHECK(read_file(folder.model) == "old");
    CHECK(folder.files() == std::vector<std::string>{"model.safetensors"});
}

TEST_CASE("a disk that fills up later: names all the same, and status 1", "[faults][files]") {
    const Folder folder;
    const Outcome outcome =
        run_microgpt(data + "--steps 3 --samples 2 --plot " + folder.model, "ulimit -f 4");
    CHECK(outcome.status == 1);
    CHECK(lines_of(outcome.err).size() == 1);
    CHECK_THAT(outcome.err, ContainsSubstring("File too large"));
    CHECK_THAT(outcome.out, ContainsSubstring("sample  2: "));
    CHECK(folder.files().empty());
}

TEST_CASE("a save that fails on the way is said once, and training goes on", "[faults][files]") {
    const TemporaryDirectory folder;
    const std::filesystem::path inner = folder.path() / "inner";
    std::filesystem::create_directory(inner);
    Process process(data + "--engine value --steps 3000 --samples 1 --save-every 100 --save " +
                        (inner / "model").string(),
                    "export TMPDIR=" + folder.path().string());
    process.wait_for_lines(10);
    std::filesystem::remove_all(inner);
    const Outcome outcome = process.wait();
    CHECK(outcome.status == 1);
    const std::vector<std::string> said = lines_of(outcome.err);
    REQUIRE(!said.empty());
    CHECK(said.size() <= 2);  // and once at the end
    const std::string kept =
        said.back().substr(said.back().find(folder.path().string() + "/model"));
    CHECK(load_checkpoint(kept).losses.size() == 3000);
    CHECK(steps_of(outcome.out).size() == 3000);
    CHECK_THAT(outcome.out, ContainsSubstring("sample  1: "));
}

TEST_CASE("with --save-every there is a checkpoint on the way", "[faults][kill]") {
    const Folder folder;
    Process process(data + "--steps 1000000 --save-every 10 --save " + folder.model);
    process.wait_for_lines(200);
    process.signal(SIGKILL);
    process.wait();
    const std::size_t done = load_checkpoint(folder.model).losses.size();
    CHECK(done >= 10);
    CHECK(done < 1000000);
    CHECK(done % 10 == 0);
}

TEST_CASE("with {step} in its name there is a checkpoint for every milestone", "[faults][files]") {
    const Folder folder;
    const std::string pattern = "'" + (folder.directory.path() / "m-{step}").string() + "'";
    const std::string save = "--steps 25 --save-every 10 --samples 2 --save " + pattern;
    const Outcome whole = run_microgpt(data + save);
    CHECK(whole.status == 0);
    CHECK(folder.files() == std::vector<std::string>{"m-10", "m-20", "m-25"});
    const std::string last = read_file(folder.directory.path() / "m-25");
    for (const char* from : {"m-10", "m-20"}) {
        std::filesystem::remove(folder.directory.path() / "m-25");
        const Outcome on =
            run_microgpt(data + save + " --load " + (folder.directory.path() / from).string());
        CHECK(on.status == 0);
        CHECK(names_of(on.out) == names_of(whole.out));
        CHECK(read_file(folder.directory.path() / "m-25") == last);
    }
    CHECK(folder.files().size() == 3);
}

TEST_CASE("stopped, it saves as the milestone it has come to, and names it", "[faults][signals]") {
    const Folder folder;
    const std::string pattern = "'" + (folder.directory.path() / "m-{step}").string() + "'";
    Process process(data + "--engine value --steps 1000000 --save " + pattern);
    process.wait_for_lines(20);
    process.signal(SIGINT);
    const Outcome outcome = process.wait();
    REQUIRE(folder.files().size() == 1);
    const std::string file = folder.directory.path() / folder.files().front();
    CHECK_THAT(outcome.err, ContainsSubstring("go on with --load " + file));
    CHECK(file.ends_with("/m-" + std::to_string(load_checkpoint(file).losses.size())));
}

TEST_CASE("a milestone is no other flag's file, and {step} is the only word", "[faults][files]") {
    const Folder folder;
    const std::string own = "cd " + folder.directory.path().string();
    const std::string save = "--save 'm-{step}.x' --save-every 10 ";
    write_file(folder.directory.path() / "m-3.x", "emma\n");
    std::filesystem::create_symlink("m-20.x", folder.directory.path() / "link");
    check_refused(save + "--log m-20.x", 2, "--log: is the --save", own);
    check_refused(save + "--log link", 2, "--log: is the --save", own);
    check_refused(save + "--plot ./m-1000.x", 2, "--plot: is the --save", own);
    check_refused(save + "--log m-20.x.microgpt-part", 2, "is a part file of the other", own);
    check_refused(save + "--data m-3.x", 2, "--save: is the --data", own);
    for (const std::string flag : {"--log", "--plot"}) {
        check_refused(flag + " 'm-{step}'", 2, flag + ": is one file for all steps", own);
    }
    check_refused("--save 'm-{steps}'", 2, "'m-{steps}' has a {steps}: only {step} is known", own);
    CHECK(run_microgpt(data + save + "--steps 1 --samples 0 --log m-x --plot m-", own).status == 0);
    CHECK(folder.files() == std::vector<std::string>{"link", "m-", "m-1.x", "m-3.x", "m-x"});
    check_refused(data + "--save 'm-{step}/x'", 1, "No such file or directory", own);
}

// ---- What is held out

TEST_CASE("a checkpoint knows what is held out, and no other share goes on",
          "[faults][checkpoint]") {
    const Folder folder;
    const std::string save = data + "--held-out 0.25 --steps 30 --samples 3 --evaluate --save ";
    const Outcome whole = run_microgpt(save + folder.model);
    REQUIRE(whole.status == 0);
    CHECK_THAT(whole.out, ContainsSubstring("\nheld out: 16 spellings, 16 docs\nstep    1 /   30"));
    const std::string bytes = read_file(folder.model);
    REQUIRE(run_microgpt(data + "--held-out 0.25 --steps 10 --save " + folder.model).status == 0);
    const std::string load = data + "--load " + folder.model + " ";
    check_refused(load + "--held-out 0.5", 2, "--held-out: the checkpoint has 0.25, not 0.5");
    check_refused(load + "--held-out 0", 2, "--held-out: the checkpoint has 0.25, not 0");
    CHECK(run_microgpt(load + "--held-out 0.25 --steps 11").status == 0);
    const Outcome evaluated = run_microgpt(load + "--steps 0 --samples 0 --evaluate");
    CHECK_THAT(evaluated.out, ContainsSubstring("\nheld out                16    "));
    CHECK(whole.out.find("--- evaluation ---") != std::string::npos);
    CHECK(bytes.find("held_out") != std::string::npos);
}

TEST_CASE("a checkpoint knows its tokens and how it is read, and goes on with nothing else",
          "[faults][checkpoint]") {
    const Folder folder;
    const std::string pieces = data + "--tokens 300 --stream --steps 30 --samples 2 ";
    const Outcome whole = run_microgpt(pieces + "--save " + folder.model);
    REQUIRE(whole.status == 0);
    CHECK_THAT(whole.out, ContainsSubstring("num windows: "));
    CHECK_THAT(whole.out, ContainsSubstring("\nvocab size: 301\n"));
    const std::string bytes = read_file(folder.model);
    REQUIRE(run_microgpt(pieces + "--steps 10 --save " + folder.model).status == 2);  // given twice
    REQUIRE(run_microgpt(data + "--tokens 300 --stream --steps 10 --save " + folder.model).status ==
            0);
    const std::string load = data + "--load " + folder.model + " ";
    check_refused(load + "--tokens 0", 2, "--tokens: the checkpoint has 300, not 0");
    check_refused(load + "--tokens 512", 2, "--tokens: the checkpoint has 300, not 512");
    check_refused("--tokens 255", 2, "255 tokens: choose 256 or more");
    for (const char* value : {"no", "true", ""}) {
        check_refused("--stream=" + std::string(value), 2, "--stream takes no value");
    }
    REQUIRE(run_microgpt(data + "--steps 10 --save " + folder.model).status == 0);
    check_refused(load + "--stream", 2, "--stream: the checkpoint read one document a line");
}

TEST_CASE("a run on pieces that is stopped goes on digit for digit", "[faults][checkpoint]") {
    const Folder folder;
    const std::string pieces = data + "--tokens 300 --stream --held-out 0.2 ";
    const Outcome whole = run_microgpt(pieces + "--steps 40 --save " + folder.model);
    const std::string bytes = read_file(folder.model);
    REQUIRE(run_microgpt(pieces + "--steps 40 --save " + folder.model + "-half --save-every 15")
                .status == 0);
    const std::string half = folder.model + "-{step}";
    REQUIRE(run_microgpt(pieces + "--steps 40 --save '" + half + "' --save-every 15").status == 0);
    const Outcome rest =
        run_microgpt(data + "--load " + folder.model + "-15 --save " + folder.model + "-rest");
    CHECK(read_file(folder.model + "-rest") == bytes);
    CHECK(names_of(rest.out) == names_of(whole.out));
}

TEST_CASE("a stream of a single line holds nothing out", "[faults][arguments]") {
    const TemporaryDirectory folder;
    const std::string file = folder.path() / "line.txt";
    write_file(file, "a single line\n");
    check_refused("--stream --held-out 0.5 --data " + file, 1,
                  "of a text of a single line nothing can be held out: give it more");
}

TEST_CASE("what microgpt tokens cannot read is said in a line", "[faults][arguments]") {
    const TemporaryDirectory folder;
    const std::string file = folder.path() / "t";
    write_file(file, "a text, and another text");
    const std::string tokens = "tokens " + file + " ";
    CHECK(lines_of(run_microgpt(tokens).out).at(2) == "a| text|,| and| another| text");
    check_refused("tokens", 2, "name a text: microgpt tokens FILE");
    check_refused("tokens " + file + "-not", 1, "No such file");
    check_refused(tokens + "--tokens 255", 2, "'255' is not a whole number from 256");
    check_refused(tokens + "--flag", 2, "there is no flag --flag");
    check_refused(tokens + "--load " + accents, 1, "line 1 is not a token in base64");
    check_refused(tokens + "--save " + file + "-{step}", 2, "--save: is one file for all steps");
    check_refused(tokens + "--save " + file, 2, "--save: is the text");
    check_refused("tokens - --load -", 2, "--load: is the text");
    check_refused(tokens + "--save " + folder.path().string(), 1, "Is a directory");
    check_refused(tokens + "--save " + file + "-not/t.json", 1, "No such file");
    CHECK(files_in(folder.path()) == std::vector<std::string>{"t"});
    const std::string kept = file + "-kept.json";
    std::string long_text;  // longer than what a pipe takes
    for (int i = 0; i < 10'000; ++i) long_text += "a text, and another text\n";
    write_file(file + "-long", long_text);
    run_microgpt("tokens " + file + "-long --save " + kept + " | true");  // nobody reads it
    REQUIRE(std::filesystem::exists(kept));
    REQUIRE(run_microgpt(tokens + "--save " + kept).status == 0);
    const Outcome sent = run_microgpt(tokens + "--save -");
    CHECK(sent.out == read_file(kept));
    CHECK(sent.err == run_microgpt(tokens).out);
    const std::string list = file + ".tiktoken";
    REQUIRE(run_microgpt(tokens + "--save " + list).status == 0);
    const Outcome by_list = run_microgpt(tokens + "--load " + list);
    CHECK(by_list.out == run_microgpt(tokens).out);
    CHECK(by_list.err ==
          "microgpt: " + list + " does not say where words are cut: it is done as GPT-2 does\n");
    for (const char* begin : {"", "\xef\xbb\xbf", "\n "}) {
        write_file(file + "-begun.json", begin + read_file(kept));
        CHECK(run_microgpt(tokens + "--load " + file + "-begun.json").out == by_list.out);
    }
    write_file(file + ".json", "{}");
    check_refused(tokens + "--load " + file + ".json", 1, "is not a tokenizer.json");
    REQUIRE(run_microgpt(data + "--steps 1 --samples 0 --save " + file + ".st").status == 0);
    check_refused(tokens + "--load " + file + ".st", 1, "its model reads characters");
    write_file(file + ".st", read_file(file + ".st").substr(0, 5000));
    check_refused(tokens + "--load " + file + ".st", 1, file + ".st: it is cut short");
}

TEST_CASE("weights that do not fit are refused before training", "[faults][checkpoint]") {
    const Folder folder;
    const std::string other = folder.directory.path() / "other";
    REQUIRE(run_microgpt(data + "--steps 10 --samples 0 --save " + folder.model).status == 0);
    const std::string with = data + "--steps 5 --weights " + folder.model + " ";
    CHECK(run_microgpt(with).status == 0);
    check_refused(with + "--n-embd 32", 1, "wte is ");
    check_refused(with + "--n-layer 2", 1, "layer1.attn_wq is missing");
    check_refused(with + "--load " + folder.model, 2, "--weights: --load has weights of its own");
    check_refused(with + "--tokens 300", 2, "--tokens: the weights have 0, not 300");
    REQUIRE(run_microgpt(data + "--tokens 300 --steps 1 --samples 0 --save " + other).status == 0);
    for (const char* tokens : {"--tokens 0", "--tokens 512"}) {
        check_refused(data + "--weights " + other + " " + tokens, 2,
                      "--tokens: the weights have 300");
    }
    check_refused(with + "--save " + folder.model, 2, "--save: is the --weights");
    check_refused(data + "--weights " MICROGPT_SOURCE_DIR "/README.md", 1,
                  "README.md: it is cut short");
    write_file(other, "<!DOCTYPE html>");
    check_refused(data + "--weights " + other, 1, "it is a web page: download the file");
    write_file(other, "");
    check_refused(data + "--weights " + other, 1, ": it is empty");
    CHECK(read_file(folder.model).size() > 1000);
}

TEST_CASE("where no spelling would be left to ask about, that is known before training",
          "[faults][arguments]") {
    check_refused(
        data + "--steps 62 --evaluate", 1,
        "--evaluate: after 62 steps no spelling is left that was not read: give it more data, or "
        "fewer steps, or keep some with --held-out 0.1");
    CHECK(run_microgpt(data + "--steps 62 --samples 0 --evaluate --held-out 0.1").status == 0);
    const TemporaryDirectory folder;
    const std::string one = folder.path() / "one.txt";
    write_file(one, "a single line");
    check_refused("--stream --evaluate --data " + one, 1, "no window is left that was not read");
    write_file(one, "emma\nemma\n");
    check_refused("--data " + one + " --held-out 0.5", 1, "of a single spelling none can be held");
}

TEST_CASE("permissions stay, and where one prints one cannot log", "[faults][files]") {
    const Folder folder;
    write_file(folder.model, "old");
    std::filesystem::permissions(
        folder.model, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    CHECK(run_microgpt(data + "--steps 1 --save " + folder.model).status == 0);
    CHECK((std::filesystem::status(folder.model).permissions() & std::filesystem::perms::all) ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    if (!std::filesystem::exists("/dev/stdout")) return;
    check_refused(data + "--log /dev/stdout", 1, "this program prints there");
    const std::string err = folder.directory.path() / "err";
    const std::string command = std::string("'") + MICROGPT_BINARY_DIR + "/microgpt' " + data +
                                "--log /dev/stdout 2> " + err + " | cat > /dev/null";
    CHECK(std::system(command.c_str()) == 0);
    CHECK_THAT(read_file(err), ContainsSubstring("this program prints there"));
}

TEST_CASE("a file that is mounted by itself is written in place", "[faults][files]") {
    const Folder folder;
    const std::string place = folder.directory.path();
    for (const char* flags : {"--save", "--save-every 1 --save", "--log", "--plot"}) {
        write_file(place + "/host", "old");
        write_file(folder.model, "");
        const auto mounted = [&](const std::string& command) {
            return std::system(("cd " + place +
                                " && unshare -rm sh -c \"mount --bind host "
                                "model.safetensors && " +
                                command + "\" > out 2> err")
                                   .c_str());
        };
        if (mounted("true") != 0) return;  // there is no such thing here
        INFO(flags);
        CHECK(mounted("'" MICROGPT_BINARY_DIR "/microgpt' " + data + "--steps 3 " + flags +
                      " model.safetensors") == 0);
        CHECK(read_file(place + "/err").empty());
        CHECK(read_file(place + "/host").size() > 10);
        CHECK(read_file(folder.model).empty());
        CHECK(folder.files() ==
              std::vector<std::string>{"err", "host", "model.safetensors", "out"});
    }
}

TEST_CASE("a file gets no more permissions than the one it replaces had", "[faults][files]") {
    using std::filesystem::perms;
    const Folder folder;
    for (const mode_t mode : {06777U, 04755U, 02660U, 01606U, 0600U, 0444U}) {
        write_file(folder.model, "old");
        REQUIRE(chmod(folder.model.c_str(), mode) == 0);
        write_file(folder.model, "new");
        struct stat status = {};
        REQUIRE(stat(folder.model.c_str(), &status) == 0);
        INFO(std::oct << mode << " became " << status.st_mode);
        CHECK((status.st_mode & 07777) == (mode & 0777));
        std::filesystem::remove(folder.model);
    }
    if (getuid() != 0) return;  // root alone can say whose a file is
    const gid_t others = 12345;
    write_file(folder.model, "old");
    REQUIRE(chown(folder.model.c_str(), 0, others) == 0);
    REQUIRE(chmod(folder.model.c_str(), 0640) == 0);
    write_file(folder.model, "new");
    struct stat status = {};
    REQUIRE(stat(folder.model.c_str(), &status) == 0);
    CHECK(status.st_gid == others);
    CHECK((status.st_mode & 07777) == 0640);
}

TEST_CASE("a file is for one purpose, however it is spelled", "[faults][files]") {
    const Folder folder;
    const std::string place = folder.directory.path();
    write_file(place + "/own.txt", "emma\n");
    std::filesystem::create_symlink("own.txt", place + "/link");
    const std::string own = "cd " + place;
    check_refused("--data own.txt --save " + place + "/own.txt", 2, "--save: is the --data", own);
    check_refused("--data own.txt --log link", 2, "--log: is the --data", own);
    check_refused("--log ./own.txt", 2, "--log: is the data in MICROGPT_NAMES",
                  own + "; export MICROGPT_NAMES=own.txt");
    check_refused("--save new --log ../" + folder.directory.path().filename().string() + "/new", 2,
                  "--log: is the --save", own);
    write_file(place + "/y.microgpt-part", "emma\n");
    std::filesystem::create_symlink("new", place + "/dangling");
    check_refused("--data y.microgpt-part --save y", 2, "is a part file of the other", own);
    check_refused("--save y.microgpt-part --log y", 2, "is a part file of the other", own);
    check_refused("--save new --log dangling", 2, "--log: is the --save", own);
    check_refused("--save dangling --plot $PWD/new", 2, "--plot: is the --save", own);
    for (const std::string flags : {"--data out", "--save out --log -", "--load out --save -"}) {
        write_file(place + "/out", "emma\n");
        const std::string command =
            own + " && '" MICROGPT_BINARY_DIR "/microgpt' " + flags + " >> out 2> err";
        INFO(command);
        CHECK(WEXITSTATUS(std::system(command.c_str())) != 0);
        CHECK_THAT(read_file(place + "/err"), ContainsSubstring("standard output: is the --"));
        CHECK(read_file(place + "/out") == "emma\n");
    }
    std::filesystem::create_directories(place + "/cache/microgpt");
    write_file(place + "/cache/microgpt/names.txt", "emma\n");
    const std::string cached = own + "; unset MICROGPT_NAMES; export XDG_CACHE_HOME=$PWD/cache";
    for (const std::string name : {"names.txt", "names.txt.microgpt-part", "names-0a30.txt"}) {
        check_refused("--save cache/microgpt/" + name, 2, "--save: is where downloads are kept",
                      cached);
    }
    CHECK(read_file(place + "/cache/microgpt/names.txt") == "emma\n");
    CHECK(read_file(place + "/own.txt") == "emma\n");
    CHECK(read_file(place + "/y.microgpt-part") == "emma\n");
}

TEST_CASE("a folder that is not there is known before training", "[faults][files]") {
    for (const char* flag : {"--save", "--log", "--plot"}) {
        check_refused(data + flag + " /none/file", 1, "/none/file: No such file");
        check_refused(data + flag + " /dev/null/file", 1, "/dev/null/file: Not a directory");
        check_refused(data + flag + " /", 1, "/: Is a directory");
    }
}

TEST_CASE("a cache that cannot be used ends nothing where it is not needed", "[faults][files]") {
    const std::string nothing = "unset MICROGPT_NAMES HOME XDG_CACHE_HOME";
    const std::string in_null = nothing + "; export XDG_CACHE_HOME=/dev/null";
    const auto sample_because = [](const std::string& reason, const std::string& before) {
        const Outcome outcome = run_microgpt("--steps 0 --samples 0", before);
        CHECK(outcome.status == 0);
        CHECK(lines_of(outcome.err).size() == 1);
        CHECK_THAT(outcome.err, ContainsSubstring(reason));
        CHECK_THAT(outcome.err, ContainsSubstring("training on 2,000 invented names instead"));
    };
    sample_because("HOME is not set to an absolute path", nothing);
    sample_because("HOME is not set to an absolute path", nothing + "; export HOME=rel");
    sample_because("cannot make the folder", in_null);
    CHECK(run_microgpt("--offline --steps 0 --samples 0", nothing).status == 0);
    CHECK(run_microgpt(data + "--steps 1 --samples 0", in_null).err.empty());
    const std::string sha256 = "--sha256 " + std::string(64, '0');  // there it is needed
    check_refused(sha256, 1, "HOME is not set", nothing);
    check_refused(sha256, 1, "cannot make the folder", in_null);
}

TEST_CASE("a disk that is full while names.txt comes: one line, and no part of it",
          "[faults][files]") {
    const TemporaryDirectory cache;
    const HttpServer server(HttpServer::ok(std::string(100000, 'x')));
    const std::string before =
        "unset MICROGPT_NAMES; ulimit -f 8; export no_proxy=127.0.0.1 XDG_CACHE_HOME='" +
        cache.path().string() + "' MICROGPT_DATA_URL=" + server.url();
    const Outcome outcome = run_microgpt("--steps 0 --samples 0", before);
    CHECK(outcome.status == 0);
    CHECK(lines_of(outcome.err).size() == 1);
    CHECK_THAT(outcome.err, ContainsSubstring("names.txt: File too large: training on 2,000"));
    CHECK(files_in(cache.path() / "microgpt").empty());
}

// ---- Checkpoints that do not fit

TEST_CASE("a checkpoint goes with its own settings, and says so", "[faults][checkpoint]") {
    const Folder folder;
    REQUIRE(run_microgpt(data + "--steps 5 --save " + folder.model).status == 0);
    const std::string load = data + "--load " + folder.model + " ";
    CHECK(run_microgpt(load + "--n-embd 16 --seed 42").status == 0);  // they are its own
    check_refused(load + "--n-embd 32", 2, "--n-embd: the checkpoint has 16, not 32");
    check_refused(load + "--n-head 2", 2, "--n-head: the checkpoint has 4, not 2");
    check_refused(load + "--n-layer 2", 2, "--n-layer: the checkpoint has 1, not 2");
    check_refused("--load " + folder.model + " --block-size 8", 2,
                  "--block-size: the checkpoint has 26, not 8");
    check_refused(load + "--seed 7", 2, "--seed: the checkpoint has 42, not 7");
    check_refused(load + "--recipe elixir", 2, "--recipe: the checkpoint has python, not elixir");
    check_refused(load + "--steps 4", 2, "--steps: the checkpoint has done 5 already");
    const Outcome on = run_microgpt(load + "--steps 8 --learning-rate 0.001");
    CHECK(on.status == 0);
    CHECK(steps_of(on.out).size() == 3);
    check_refused("--load " + folder.model +
                      " --steps 8 --data '" MICROGPT_SOURCE_DIR "/tests/golden/cases/marked.txt'",
                  1, "the checkpoint was trained on accents.txt, which training has to go on with");
    check_refused(
        "--load " + folder.model + " --steps 8", 1,
        "which training has to go on with: name accents.txt again with --data",
        "unset MICROGPT_NAMES; export XDG_CACHE_HOME=" + folder.directory.path().string());
    check_refused("--load " + folder.model + " --steps 8", 1, "name accents.txt again with --data",
                  "unset MICROGPT_NAMES HOME; export XDG_CACHE_HOME= MICROGPT_DATA_URL=");
    check_refused(load + "--steps 8 --sha256 " + std::string(64, '0'), 1, "whose SHA-256 is ");
    check_refused("--load " + folder.model + " --steps 0 --data /none", 1, "/none: No such file");
}

TEST_CASE("data whose name is no UTF-8 is trained on, and known again", "[faults][checkpoint]") {
    const Folder folder;
    const std::filesystem::path file = folder.directory.path() / "n\351.txt";
    std::error_code refused;  // by file systems that have no such names
    std::filesystem::copy_file(accents, file, refused);
    if (refused) return;
    const std::string run = "--steps 2 --samples 0 --data '" + file.string() + "' ";
    CHECK(run_microgpt(run + "--save " + folder.model).status == 0);
    CHECK(load_checkpoint(folder.model).data.name == "n\uFFFD.txt");
    CHECK(
        run_microgpt("--steps 3 --samples 0 --data '" + file.string() + "' --load " + folder.model)
            .status == 0);
}

TEST_CASE("with no steps left a checkpoint needs no data", "[faults][checkpoint]") {
    const Folder folder;
    const Outcome trained = run_microgpt(data + "--steps 5 --save " + folder.model);
    const std::string nothing = "unset MICROGPT_NAMES HOME XDG_CACHE_HOME";
    for (const char* steps : {"--steps 0", ""}) {
        const Outcome invented = run_microgpt("--load " + folder.model + " " + steps, nothing);
        CHECK(invented.status == 0);
        CHECK(invented.err.empty());
        CHECK(names_of(invented.out) == names_of(trained.out));
    }
}

TEST_CASE("a run on the embedded sample goes on with it", "[faults][checkpoint]") {
    const Folder folder;
    const std::string nothing = "unset MICROGPT_NAMES HOME XDG_CACHE_HOME";
    const Outcome whole = run_microgpt("--offline --steps 6 --samples 2", nothing);
    REQUIRE(run_microgpt("--offline --steps 6 --save " + folder.model, nothing).status == 0);
    Checkpoint checkpoint = load_checkpoint(folder.model);
    CHECK(checkpoint.data.name == "the embedded sample");
    const Outcome on = run_microgpt("--steps 8 --samples 2 --load " + folder.model, nothing);
    CHECK(on.status == 0);
    CHECK(steps_of(on.out).size() == 2);
}

TEST_CASE("inventing names and saving leaves a checkpoint as it was", "[faults][checkpoint]") {
    const Folder folder;
    Process process(data + "--steps 1000000 --save " + folder.model);
    process.wait_for_lines(5);
    process.signal(SIGINT);
    process.wait();
    const std::string before = read_file(folder.model);
    const std::string again = "--steps 0 --samples 0 --load " + folder.model;
    CHECK(run_microgpt(again + " --save " + folder.model).status == 0);
    CHECK(read_file(folder.model) == before);
}

TEST_CASE("what is no checkpoint is refused before training", "[faults][checkpoint]") {
    const Folder folder;
    check_refused("--load /none/m.safetensors", 1, "/none/m.safetensors: No such file");
    check_refused("--load /", 1, "/: Is a directory");
    check_refused("--load '" + accents + "'", 1, "accents.txt: not a microgpt checkpoint: ");
    REQUIRE(run_microgpt(data + "--steps 1 --samples 0 --save " + folder.model).status == 0);
    const std::string bytes = read_file(folder.model);
    write_file(folder.model, bytes.substr(0, bytes.size() - 1));
    check_refused("--load " + folder.model, 1, "model.safetensors: the offsets of ");
}

// ---- Numbers

TEST_CASE("numbers that are none any more end the run with step, parameter and advice",
          "[faults][numbers]") {
    const Folder folder;
    write_file(folder.model, "old");
    const std::string log = folder.directory.path() / "loss.csv";
    const Outcome outcome =
        run_microgpt(data + "--learning-rate 1e300 --save " + folder.model + " --log " + log);
    CHECK(outcome.status == 1);
    CHECK(lines_of(outcome.err).size() == 1);
    CHECK_THAT(outcome.err, ContainsSubstring("step 2: "));
    CHECK_THAT(outcome.err, ContainsSubstring("the largest parameter is "));
    CHECK_THAT(outcome.err, ContainsSubstring("choose a smaller learning rate"));
    CHECK(lines_of(read_file(log)).size() == 2);  // what was measured is kept
    CHECK(read_file(folder.model) == "old");      // and what was good
}

TEST_CASE("a last step that spoils the model is found before it takes a good one's place",
          "[faults][numbers]") {
    const Folder folder;
    write_file(folder.model, "old");
    const Outcome outcome =
        run_microgpt(data + "--steps 1 --learning-rate 1e300 --samples 0 --save " + folder.model);
    CHECK(outcome.status == 1);
    CHECK(lines_of(outcome.err).size() == 1);
    CHECK_THAT(outcome.err, ContainsSubstring("after step 1: "));
    CHECK_THAT(outcome.err, ContainsSubstring("choose a smaller learning rate"));
    CHECK(read_file(folder.model) == "old");
}

// ---- Arguments

TEST_CASE("every number that makes no sense is refused by name", "[faults][arguments]") {
    const std::vector<std::string> whole = {
        "--seed",       "--steps",   "--n-embd",     "--n-head", "--n-layer",
        "--block-size", "--samples", "--save-every", "--top-k",  "--sample-seed"};
    const std::vector<std::string> real = {"--learning-rate", "--temperature", "--top-p",
                                           "--held-out"};
    const auto refused = [](const std::string& flag, const std::string& value) {
        const std::string save = flag == "--save-every" ? "--save m " : "";
        check_refused(save + flag + " " + value, 2, flag);
    };
    for (const std::string& flag : whole) {
        for (const char* bad :
             {"-1", "1e18", "nan", "many", "0.5", "''", "", "' 1'", "99999999999999999999"}) {
            refused(flag, bad);
        }
        if (!flag.ends_with("seed")) refused(flag, "1000000000000000000");
    }
    for (const std::string& flag : real) {
        for (const char* bad :
             {"-1",   "nan",  "inf",  "1e999", "warm", "''",      "",     "0,8", "1e",     "0x1p3",
              "' 3'", "'3 '", "+3",   "3.4.5", "1_0",  "\"1'0\"", "--1",  "1e+", "e5",     ".",
              "1f",   "0x10", "1e5x", "٣",     "-inf", "-nan",    "-0x1", "3,",  "1.5e2.5"}) {
            refused(flag, bad);
        }
    }
    for (const char* plain : {"0.5", ".5", "5.", "5e-1", "0.05e+1", "0.5E0", "00.5"}) {
        const Outcome outcome =
            run_microgpt(data + "--steps 2 --samples 2 --temperature " + std::string(plain));
        CHECK(outcome.out.find("sample  2: ") != std::string::npos);
    }
    for (const char* flag :
         {"--n-embd", "--n-head", "--n-layer", "--block-size", "--learning-rate", "--save-every"}) {
        refused(flag, "0");
    }
    for (const char* flag :
         {"--data", "--load", "--save", "--log", "--plot", "--prompt", "--recipe", "--sha256"}) {
        refused(flag, "");
        if (flag != std::string("--prompt")) refused(flag, "''");
    }
    refused("--sha256", "abc");
    check_refused("--top-p 1.5", 2, "a top-p of 1.5: choose a share from 0 to 1, as 0.9 is");
    check_refused("--top-p 1.0000001", 2, "a top-p of 1.0000001: choose");
    check_refused("--held-out 1", 2,
                  "a share of 1 held out: choose 0, or more but below 1, as 0.1 is");
    check_refused("--evaluate=maybe", 2, "--evaluate takes no value");
    check_refused("--save-every 5", 2, "--save");
    check_refused("--save x --log x", 2, "--log: is the --save");
    check_refused("--load x --plot x", 2, "--plot: is the --load");
}

TEST_CASE("a model that needs more memory than there is is refused with both figures",
          "[faults][arguments]") {
    check_refused(data + "--n-embd 65536", 1, " GB of memory and there is ");
    check_refused(data + "--n-layer 4000000000", 1, " GB of memory and there is ");
    check_refused(data + "--n-embd 65536", 1,
                  ": choose a smaller --n-embd, --n-layer, --block-size or --batch");
    check_refused("--data '" + accents + "' --block-size 4000000000", 1,
                  " GB of memory and there is ");
    check_refused(data + "--n-embd 4294967292", 1, " GB of memory and there is ");
    if (!memory_has_limits) return;
    check_refused(data + "--n-embd 256 --n-layer 20", 1, "and there is 0.2 GB",
                  "ulimit -v 200000");  // kilobytes
}

#ifdef __linux__
TEST_CASE("memory that is used up by the end: the model is saved all the same", "[faults][files]") {
    if (!memory_has_limits) return;
    const Folder folder;
    Process process(data + "--n-embd 64 --n-layer 2 --steps 1000000 --save " + folder.model);
    process.wait_for_lines(20);
    const std::string memory = read_file("/proc/" + std::to_string(process.id()) + "/statm");
    const rlim_t all = std::stoul(memory) * static_cast<rlim_t>(sysconf(_SC_PAGESIZE));
    const rlimit no_more = {all, all};
    REQUIRE(prlimit(process.id(), RLIMIT_AS, &no_more, nullptr) == 0);
    process.signal(SIGINT);
    const Outcome outcome = process.wait();
    CHECK(outcome.status == 130);
    CHECK_THAT(outcome.err, ContainsSubstring("go on with --load"));
    CHECK(load_checkpoint(folder.model).losses.size() >= 16);
}
#endif

TEST_CASE("more threads than there can be are refused", "[faults][arguments]") {
    if (!memory_has_limits) return;
    check_refused(data + "--threads 1000", 1, "there cannot be 1000 threads: choose fewer",
                  "ulimit -v 500000");  // each has a stack of eight megabytes
}

// ---- Data

TEST_CASE("data of every kind is trained on or refused with a reason", "[faults][data]") {
    const TemporaryDirectory folder;
    const std::string file = folder.path() / "data.txt";
    const std::string run = "--data " + file + " --steps 2 --samples 1";
    const auto refused = [&](const std::string& text, const std::string& message) {
        write_file(file, text);
        check_refused(run, 1, message);
    };
    const auto trained_on = [&](const std::string& text, const std::string& start) {
        write_file(file, text);
        const Outcome outcome = run_microgpt(run);
        CHECK(outcome.status == 0);
        CHECK(outcome.out.rfind(start, 0) == 0);
    };
    check_refused(run, 1, "data.txt: No such file");
    refused("", "data.txt holds no document");
    refused(" \n\t\r\n\n", "data.txt holds no document");
    refused(std::string("\x7f"
                        "ELF\2\1\1\0\xff\xfe",
                        10),
            "data.txt:1: byte 9 is not UTF-8");
    refused("emma\nol\xff", "data.txt:2: byte 3 is not UTF-8");
    refused("\x1f\x8b\x08 and so on", "is it compressed? unpack it first");
    refused("\xff\xfe" + std::string("e\0", 2), "iconv -f UTF-16 -t UTF-8");
    trained_on("emma", "num docs: 1\nvocab size: 4\n");
    trained_on("a", "num docs: 1\nvocab size: 2\n");
    trained_on(std::string("a\0b\n", 4),
               "num docs: 1\nvocab size: 4\n");  // a character like others
    trained_on(
        "\xef\xbb\xbf"
        "emma\r\n",
        "num docs: 1\nvocab size: 5\n");
    check_refused("--data " + folder.path().string(), 1, "Is a directory");
    if (std::filesystem::exists("/proc/self/mem")) {  // may be opened, but not read
        check_refused("--data /proc/self/mem", 1, "cannot read /proc/self/mem");
    }
}

TEST_CASE("data without an end is left at a gigabyte", "[faults][data]") {
    if (!memory_is_its_own) return;
    const std::string limit = "ulimit -v 3000000";  // kilobytes
    for (const std::string flag : {"--data", "--load"}) {
        check_refused(flag + " /dev/zero", 1, "/dev/zero: more than 1 GB comes from it", limit);
    }
    const TemporaryDirectory folder;
    const std::string pipe = folder.path() / "pipe";
    check_refused("--data " + pipe, 1, "pipe: more than 1 GB comes from it",
                  limit + "; mkfifo " + pipe + "; yes > " + pipe + " 2> /dev/null &");
}

TEST_CASE("a prompt's accents may be spelled in the other way", "[faults][data]") {
    const TemporaryDirectory folder;
    const std::string file = folder.path() / "data.txt";
    const std::string prompt = "--data " + file + " --steps 1 --prompt ";
    write_file(file, "Rene\u0301\n");
    check_refused(prompt + "Ren\u00e9", 1,
                  "the character '\u00e9' (U+00E9) is not in the data: leave it out, or spell it "
                  "decomposed (NFD)");
    write_file(file, "Ren\u00e9\n");
    check_refused(prompt + "Rene\u0301", 1,
                  "the character U+0301 is not in the data: leave it out, or spell it composed "
                  "(NFC)");
    check_refused(prompt + "Rene\u0302", 1, "U+0302 is not in the data: leave it out\n");
}

TEST_CASE("a text too long for a Tape is refused before training", "[faults][data]") {
    const TemporaryDirectory folder;
    const std::string file = folder.path() / "data.txt";
    std::string text;
    for (int i = 0; i < 700; ++i) text += "the quick brown fox ";
    write_file(file, text);
    check_refused("--engine value --block-size 2000 --steps 2 --data " + file, 1,
                  "the value engine can record 67108864 numbers");
}

TEST_CASE("documents longer than block_size are read as far as it goes, and that is said",
          "[faults][data]") {
    const Outcome outcome = run_microgpt("--data '" + accents + "' --steps 1 --samples 0");
    CHECK(outcome.status == 0);
    CHECK(outcome.err ==
          "microgpt: 3 of 62 documents are longer than block_size: of these the first 16 "
          "characters are read\n");
}

TEST_CASE("10 MB on one line are a document", "[faults][data]") {
    const TemporaryDirectory folder;
    const std::string file = folder.path() / "data.txt";
    write_file(file, std::string(10'000'000, 'a'));
    const Outcome outcome = run_microgpt("--steps 2 --samples 1 --data " + file);
    CHECK(outcome.status == 0);
    CHECK_THAT(outcome.out, ContainsSubstring("num docs: 1\nvocab size: 2\n"));
    CHECK_THAT(outcome.err, ContainsSubstring("1 of 1 documents are longer"));
    if (memory_is_its_own) CHECK(outcome.megabytes < 3 * 10);
}

TEST_CASE("a million documents of 100 MB need less than three times as much memory",
          "[faults][data]") {
    const TemporaryDirectory folder;
    const std::string file = folder.path() / "data.txt";
    const int count = memory_is_its_own ? 1'000'000 : 100'000;  // or it takes a minute
    std::string text;
    for (int i = 0; i < count; ++i) {
        const std::string number = std::to_string(i);
        text += number + std::string(99 - number.size(), static_cast<char>('a' + i % 26)) + '\n';
    }
    write_file(file, text);
    for (const char* recipe : {"python", "elixir"}) {
        const Outcome outcome =
            run_microgpt("--steps 2 --samples 1 --data " + file + " --recipe " + recipe);
        CHECK(outcome.status == 0);
        CHECK_THAT(outcome.out, ContainsSubstring("num docs: " + std::to_string(count) + "\n"));
        INFO(outcome.megabytes << " MB");
        if (memory_is_its_own) CHECK(outcome.megabytes < 300);
    }
}
