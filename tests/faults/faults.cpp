// Faults: every allocation and every call of the system in a short run, failed in turn.
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <numeric>

#include "catch.hpp"
#include "http_server.hpp"
#include "microgpt/files/file.hpp"
#include "microgpt/files/sha256.hpp"
#include "microgpt/run/checkpoint.hpp"
#include "program.hpp"

using namespace microgpt;

namespace {

using Files = std::map<std::string, std::string>;  // what is in them, by their names

const std::string text = "emma\nolivia\nava\nisabella\nsophia\ncharlotte\nmia\namelia\n";
const std::string kept = "its bytes are kept in ";

/// A run that is made again and again, each time with another fault.
struct Scenario {
    std::string name;
    std::string arguments;
    Files before;                  // the files there are
    std::string environment = "";  // commands for the shell
};

/// What came of it.
struct Result {
    Outcome outcome;
    Files files;
};

Files files_in(const std::filesystem::path& folder) {
    Files files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        files[entry.path().lexically_relative(folder)] = read_file(entry.path());
    }
    return files;
}

Result run(const Scenario& scenario, const std::string& fault, const std::string& count = "") {
    const TemporaryDirectory folder;
    const std::string place = folder.path();
    for (const auto& [name, bytes] : scenario.before) std::ofstream(place + '/' + name) << bytes;
    const std::string before = "cd " + place + "; export TMPDIR=" + place + " FAULT='" + fault +
                               "' FAULT_COUNT='" + count + "' LD_PRELOAD='" MICROGPT_INJECT "'; ";
    Outcome outcome = Process(scenario.arguments, before + scenario.environment).wait();
    return {outcome, files_in(place)};
}

// ---- What has to hold of it

bool is_one_line_of_ours(const std::string& err) {
    const char* const words_of_libraries[] = {"std::", "basic_", "json", "filesystem error",
                                              "::_M"};
    const bool is_alien = std::ranges::any_of(words_of_libraries, [&](const char* words) {
        return err.find(words) != std::string::npos;
    });
    return !is_alien && err.rfind("microgpt: ", 0) == 0 && lines_of(err).size() == 1;
}

/// Whether a file is as it should be, if perhaps of a run that ended before its last step.
bool is_sound(const std::string& name, const std::string& bytes, const std::string& whole) try {
    if (name == "log") return whole.rfind(bytes, 0) == 0;
    if (name == "plot") return bytes.find("</svg>") != std::string::npos;
    from_bytes(bytes);
    return true;
} catch (const Error&) {
    return false;
}

/// Whether the model is in its file, or in the one that the message names.
bool is_kept(const Result& result, const std::string& model) {
    const std::string& err = result.outcome.err;
    return std::ranges::any_of(result.files, [&](const auto& file) {
        const bool is_named =
            err.find(kept) != std::string::npos && err.find(file.first + '\n') != std::string::npos;
        return (file.first == "model" || is_named) && file.second == model;
    });
}

/// What is wrong with a result, held against that of the run without a fault; or nothing.
std::string wrong_with(const Result& result, const Scenario& scenario, const Result& whole,
                       bool disk_is_full) {
    const auto& [outcome, files] = result;
    const auto file = [&](const std::string& name) {
        return files.count(name) == 0 ? "" : files.at(name);
    };
    if (outcome.status == 137) return "it hangs";
    if (outcome.status > 1) return "status " + std::to_string(outcome.status);
    if (outcome.status == 0) {
        const bool is_whole = outcome.out == whole.outcome.out && files == whole.files;
        return is_whole ? "" : "status 0, and another result";
    }
    if (!disk_is_full && !is_one_line_of_ours(outcome.err)) return "not one line of ours";
    for (const auto& [name, bytes] : scenario.before) {
        if (file(name) == bytes || is_sound(name, file(name), whole.files.at(name))) continue;
        if (outcome.err.find(kept) == std::string::npos) return name + " is spoiled";
    }
    const bool is_trained = outcome.out.find("--- inference") != std::string::npos;
    const bool is_lost = is_trained && !disk_is_full && !is_kept(result, whole.files.at("model"));
    return is_lost ? "a finished training is lost" : "";
}

// ---- All of them

/// How long each kind may take: FAULT_SECONDS, or as long as it needs.
std::chrono::seconds time_there_is() {
    const char* seconds = std::getenv("FAULT_SECONDS");
    return std::chrono::seconds(seconds != nullptr ? std::atoi(seconds) : 1'000'000);
}

/// Fails one after the other in an order that is spread out, as far as there is time.
void fail_each(const Scenario& scenario, const Result& whole, const std::string& kind, long count,
               const std::vector<std::string>& hows) {
    const auto end = std::chrono::steady_clock::now() + time_there_is();
    long stride = 7919;
    while (std::gcd(stride, count) != 1) ++stride;
    long places = 0;
    for (; places < count && std::chrono::steady_clock::now() < end; ++places) {
        for (const std::string& how : hows) {
            const std::string place = std::to_string(places * stride % count + 1);
            const std::string fault = kind + ' ' + place + ' ' + how;
            const Result result = run(scenario, fault);
            const bool disk_is_full = how.find("on") != std::string::npos;
            INFO(scenario.name << ", FAULT='" << fault << "': " << result.outcome.err);
            CHECK(wrong_with(result, scenario, whole, disk_is_full) == "");
        }
    }
    std::printf("%s: %ld faults in %ld of %ld %s\n", scenario.name.c_str(),
                places * static_cast<long>(hows.size()), places, count,
                kind == "memory" ? "allocations" : "calls of the system");
    std::fflush(stdout);
}

void fail_all(const Scenario& scenario) {
    const TemporaryDirectory folder;
    const std::string count = folder.path() / "count";
    const Result whole = run(scenario, "none 0 0", count);
    INFO(whole.outcome.err);
    REQUIRE(whole.outcome.status == 0);
    long allocations = 0;
    long calls = 0;
    REQUIRE(std::sscanf(read_file(count).c_str(), "%ld %ld", &allocations, &calls) == 2);
    std::vector<std::string> hows = {std::to_string(ENOSPC) + " on"};
    for (const int reason : {EIO, EACCES, EBUSY}) hows.push_back(std::to_string(reason));
    fail_each(scenario, whole, "calls", calls, hows);
    fail_each(scenario, whole, "memory", allocations, {std::to_string(ENOMEM)});
}

const Scenario training = {
    "a training",
    "--data names --n-embd 8 --steps 2 --samples 2 --save model --log log --plot plot",
    {{"names", text}, {"model", "old"}, {"log", "old"}, {"plot", "old"}}};

}  // namespace

TEST_CASE("a training, whose model, log and plot are saved", "[faults]") { fail_all(training); }

TEST_CASE("a training that goes on from a checkpoint", "[faults]") {
    const std::string model = run(training, "none 0 0").files.at("model");
    fail_all({"one that goes on",
              "--data names --load model --steps 3 --samples 1 --save model --threads 2",
              {{"names", text}, {"model", model}}});
}

TEST_CASE("a training on names that are downloaded", "[faults]") {
    const HttpServer server(HttpServer::ok(text));
    fail_all({"one with a download",
              "--recipe elixir --steps 1 --samples 1 --n-embd 8 --save model --sha256 " +
                  sha256_of(text),
              {{"model", "old"}},
              "unset MICROGPT_NAMES; export XDG_CACHE_HOME=$PWD no_proxy=127.0.0.1 "
              "MICROGPT_DATA_URL=" +
                  server.url()});
}
