// Every allocation and every system call of a short run, failed in turn: nothing crashes, hangs or
// is lost.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "eventually.hpp"
#include "http_server.hpp"
#include "microgpt/files/file.hpp"
#include "microgpt/files/sha256.hpp"
#include "temporary.hpp"

using namespace microgpt;
using namespace std::chrono_literals;

namespace {

constexpr char text[] = "emma\nolivia\nava\nisabella\nsophia\ncharlotte\nmia\namelia\n";

/// What a run left: how it ended, what it said, and the files of its folder.
struct Outcome {
    int status = 0;
    bool hangs = false;
    std::string out;
    std::string err;
    std::map<std::string, std::string> files;
};

/// A kind of run that is repeated, each time with another fault.
struct Scenario {
    std::string name;
    std::vector<std::string> arguments;
    std::map<std::string, std::string> environment;
    std::map<std::string, std::string> before;  // the files there are
};

// ---- One run

std::map<std::string, std::string> files_in(const std::filesystem::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file())
            files[entry.path().lexically_relative(folder)] = read_file(entry.path());
    }
    return files;
}

[[noreturn]] void become(const Scenario& scenario, const std::filesystem::path& folder,
                         const std::string& fault, const std::string& said) {
    if (chdir(folder.c_str()) != 0) _exit(127);
    for (const auto& [name, stream] : {std::pair("/out", 1), std::pair("/err", 2)}) {
        dup2(open((said + name).c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), stream);
    }
    for (const char* name : {"MICROGPT_NAMES", "HOME", "XDG_CACHE_HOME"}) unsetenv(name);
    for (const auto& [name, value] : scenario.environment) setenv(name.c_str(), value.c_str(), 1);
    setenv("TMPDIR", folder.c_str(), 1);
    setenv("LD_PRELOAD", MICROGPT_INJECT, 1);
    setenv("FAULT", fault.c_str(), 1);
    setenv("FAULT_COUNT", (said + "/count").c_str(), 1);
    std::vector<char*> words;
    std::string program = MICROGPT_BINARY_DIR "/microgpt";
    words.push_back(program.data());
    for (const std::string& word : scenario.arguments)
        words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    execv(program.c_str(), words.data());
    _exit(127);
}

Outcome run(const Scenario& scenario, const std::string& fault, const std::string& said) {
    const TemporaryDirectory folder;
    for (const auto& [name, bytes] : scenario.before) {
        std::ofstream(folder.path() / name) << bytes;
    }
    const pid_t child = fork();
    if (child == 0) become(scenario, folder.path(), fault, said);
    Outcome outcome;
    int status = 0;
    const auto has_ended = [&] { return waitpid(child, &status, WNOHANG) == child; };
    if (!eventually(has_ended, 30s)) {
        outcome.hangs = true;
        kill(child, SIGKILL);
        waitpid(child, &status, 0);
    }
    outcome.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    outcome.out = read_file(said + "/out");
    outcome.err = read_file(said + "/err");
    outcome.files = files_in(folder.path());
    const std::string here = folder.path().string() + "/";
    for (std::size_t at; (at = outcome.err.find(here)) != std::string::npos;)
        outcome.err.erase(at, here.size());
    for (std::size_t at; (at = outcome.err.find("in ./")) != std::string::npos;)
        outcome.err.erase(at + 3, 2);
    return outcome;
}

// ---- What has to hold of it

bool is_ours(const std::string& err, bool goes_on) {
    for (const char* alien :
         {"std::", "basic_", "json", "filesystem error", "vector::", "terminate", "what():"}) {
        if (err.find(alien) != std::string::npos) return false;
    }
    const long lines = std::count(err.begin(), err.end(), '\n');
    return err.rfind("microgpt: ", 0) == 0 && lines >= 1 && lines <= (goes_on ? 4 : 1);
}

/// Returns what is wrong with it, or nothing.
std::string judge(const Scenario& scenario, const Outcome& outcome, const Outcome& whole,
                  bool goes_on) {
    if (outcome.hangs) return "hangs";
    if (outcome.status == 0) {
        for (const auto& [name, bytes] : whole.files) {
            const auto found = outcome.files.find(name);
            if (found == outcome.files.end() || found->second != bytes)
                return "status 0, and another " + name;
        }
        return outcome.out == whole.out ? "" : "status 0, and another output";
    }
    if (outcome.status != 1) return "status " + std::to_string(outcome.status);
    if (!is_ours(outcome.err, goes_on)) return "not one line of ours";
    for (const auto& [name, bytes] : scenario.before) {
        const auto found = outcome.files.find(name);
        if (found == outcome.files.end()) return name + " is lost";
        const auto made = whole.files.find(name);
        if (found->second != bytes && found->second != made->second) {
            if (outcome.err.find("kept in") == std::string::npos) return name + " is spoiled";
        }
    }
    const std::string model = "model";
    const bool is_trained = outcome.out.find("--- inference") != std::string::npos;
    if (!is_trained || goes_on || whole.files.count(model) == 0) return "";
    for (const auto& [name, bytes] : outcome.files) {
        const bool is_named =
            name == model || outcome.err.find("kept in " + name) != std::string::npos;
        if (is_named && bytes == whole.files.at(model)) return "";
    }
    return "a finished training is lost";
}

// ---- All of them

struct Counts {
    long tried = 0;
    long failed = 0;
};

class Trials {
  public:
    Trials(Scenario scenario, std::chrono::steady_clock::time_point end)
        : scenario_(std::move(scenario)), end_(end) {
        whole_ = run(scenario_, "none 0 0", said_.path());
        const std::string counts = whole_.status == 0 ? read_file(said_.path() / "count") : "";
        if (std::sscanf(counts.c_str(), "%ld %ld", &allocations_, &calls_) != 2) {
            std::printf("%s: without a fault it ends with %d: %s", scenario_.name.c_str(),
                        whole_.status, whole_.err.c_str());
            std::exit(1);
        }
    }

    /// Fails each in turn; in an order that is spread out, as far as there is time.
    Counts fail_each(const std::string& kind, const std::vector<std::string>& hows) {
        const long count = kind == "memory" ? allocations_ : calls_;
        constexpr long stride = 7919;  // a prime
        Counts counts;
        for (long i = 0; i < count && std::chrono::steady_clock::now() < end_; ++i) {
            for (const std::string& how : hows) {
                const std::string fault =
                    kind + " " + std::to_string(i * stride % count + 1) + " " + how;
                const Outcome outcome = run(scenario_, fault, said_.path());
                const std::string wrong =
                    judge(scenario_, outcome, whole_, how.find("on") != std::string::npos);
                ++counts.tried;
                if (wrong.empty()) continue;
                ++counts.failed;
                std::printf("  %s, FAULT=\"%s\": %s: %s\n", scenario_.name.c_str(), fault.c_str(),
                            wrong.c_str(), outcome.err.c_str());
            }
        }
        std::printf("%s: %ld faults of %s, %ld of %ld places\n", scenario_.name.c_str(),
                    counts.tried, kind.c_str(), counts.tried / static_cast<long>(hows.size()),
                    count);
        return counts;
    }

  private:
    Scenario scenario_;
    std::chrono::steady_clock::time_point end_;
    TemporaryDirectory said_;
    Outcome whole_;
    long allocations_ = 0;
    long calls_ = 0;
};

}  // namespace

/// The first argument is for how many seconds; without one it tries all.
int main(int argc, char** argv) {
    const std::chrono::seconds each(argc > 1 ? std::atoi(argv[1]) : 1'000'000);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    if (std::filesystem::exists("/dev/shm"))
        setenv("TMPDIR", "/dev/shm", 1);  // to wait for no disk
    const std::vector<std::string> memory = {std::to_string(ENOMEM)};
    std::vector<std::string> reasons;
    for (const int reason : {EIO, EACCES, EBUSY}) reasons.push_back(std::to_string(reason));
    reasons.push_back(std::to_string(ENOSPC) + " on");

    const std::vector<std::string> small = {"--data", "names",     "--n-embd", "8",      "--steps",
                                            "2",      "--samples", "2",        "--save", "model",
                                            "--log",  "log",       "--plot",   "plot"};
    const Scenario training = {
        "training",
        small,
        {},
        {{"names", text}, {"model", "old"}, {"log", "old"}, {"plot", "old"}}};
    std::string checkpoint;
    const TemporaryDirectory said;
    checkpoint = run(training, "none 0 0", said.path()).files["model"];
    Scenario going_on = training;
    going_on.name = "going on";
    going_on.arguments = {"--data",    "names", "--load", "model", "--steps",   "3",
                          "--samples", "1",     "--save", "model", "--threads", "2"};
    going_on.before = {{"names", text}, {"model", checkpoint}};
    const HttpServer server(HttpServer::ok(text));
    const Scenario downloading = {"downloading",
                                  {"--sha256", sha256_of(text), "--steps", "1", "--samples", "1",
                                   "--n-embd", "8", "--save", "model"},
                                  {{"XDG_CACHE_HOME", "/proc/self/cwd"},
                                   {"MICROGPT_DATA_URL", server.url()},
                                   {"no_proxy", "127.0.0.1"}},
                                  {{"model", "old"}}};

    long failed = 0;
    const auto begin = [&](const Scenario& scenario) {
        return Trials(scenario, std::chrono::steady_clock::now() + each / 6);
    };
    for (const Scenario& scenario : {training, going_on, downloading}) {
        failed += begin(scenario).fail_each("calls", reasons).failed;
        failed += begin(scenario).fail_each("memory", memory).failed;
    }
    return failed == 0 ? 0 : 1;
}
