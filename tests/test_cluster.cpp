// microgpt-mpi on some ranks of this machine: the same bits, and what happens when one is lost.
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "catch.hpp"
#include "eventually.hpp"
#include "microgpt/files/file.hpp"
#include "names.hpp"
#include "program.hpp"
#include "temporary.hpp"

using namespace microgpt;
namespace fs = std::filesystem;

namespace {

const std::string program = MICROGPT_BINARY_DIR "/microgpt-mpi";
const std::string data = " --data '" MICROGPT_SOURCE_DIR "/data/dreamed-names.txt' ";
const std::string start =
    fs::relative(MICROGPT_SOURCE_DIR "/scripts/cluster", MICROGPT_BINARY_DIR).string();
const std::string soon = "export OMPI_MCA_odls_base_sigkill_timeout=1\n";  // a job ends

/// Starts microgpt-mpi on so many ranks.
std::string on(int ranks, const std::string& arguments) {
    return std::to_string(ranks) + " '" + program + "' " + arguments;
}
Outcome run_on(int ranks, const std::string& arguments, const std::string& before = "") {
    return Process(on(ranks, arguments), soon + before, start).wait();
}

/// The rank processes of an mpirun.
std::vector<pid_t> ranks_of(const Process& process) {
    const std::string id = std::to_string(process.id());
    std::ifstream in("/proc/" + id + "/task/" + id + "/children");
    return {std::istream_iterator<pid_t>(in), {}};
}

/// What has to end a job: one line from one rank.
void check_one_line(const Outcome& outcome, const std::string& message) {
    INFO(outcome.err);
    CHECK(outcome.status != 0);
    const std::vector<std::string> lines = lines_of(outcome.err);
    CHECK(std::count_if(lines.begin(), lines.end(), [](const std::string& line) {
              return line.rfind("microgpt: ", 0) == 0;
          }) == 1);
    CHECK_THAT(outcome.err, ContainsSubstring(message));
}

/// Two jobs' worth of words for mpirun: one rank each, the second as given.
std::string and_one(const std::string& arguments, const std::string& other) {
    return on(1, arguments) + " : -n 1 " + other;
}

const std::string long_run = data + "--steps 1000000 --samples 0 ";

}  // namespace

TEST_CASE("any number of ranks and threads comes to the same bits", "[cluster]") {
    const int ranks = GENERATE(1, 2, 3, 4, 5);
    INFO(ranks << " ranks");
    {
        const std::string words =
            std::to_string(ranks) + " '" MICROGPT_BINARY_DIR "/tests/cluster-bits'";
        const Outcome outcome = Process(words, soon, start).wait();
        CHECK(outcome.err.empty());
        CHECK(outcome.out == "40 tried\n");
        CHECK(outcome.status == 0);
    }
}

TEST_CASE("three ranks print the references' traces", "[cluster][golden]") {
    const Dataset names = names_or_skip();
    if (!names.note.empty()) return;
    for (const std::string recipe : {"python", "elixir"}) {
        const std::string arguments = "--data '" + names.name + "' --recipe " + recipe;
        const Outcome outcome = run_on(3, arguments);
        CHECK(outcome.err.empty());
        CHECK((outcome.out == run_microgpt(arguments).out));
    }
}

TEST_CASE("many ranks print, save and log what one program does", "[cluster]") {
    const TemporaryDirectory folder;
    const std::string f = folder.path();
    const auto files = [&](const std::string& name) {
        return " --save " + f + "/" + name + ".safetensors --log " + f + "/" + name + ".csv";
    };
    const auto same = [&](const std::string& end) {
        return read_file(f + "/one" + end) == read_file(f + "/many" + end);
    };
    run_microgpt(data + "--steps 5 --samples 0 --save " + f + "/start.safetensors");
    for (const std::string& arguments :
         {std::string("--batch 40 --steps 20 --samples 2500"),
          "--weights " + f + "/start.safetensors --batch 17 --steps 9",
          std::string("--stream --batch 17 --steps 40 --samples 2"),
          std::string("--batch 17 --steps 9 --held-out 0.5 --evaluate --sample-seed 2 --top-k 5"),
          std::string("--batch 17 --dtype f32 --steps 40 --samples 9")}) {
        const Outcome one = run_microgpt(data + arguments + files("one"));
        for (const int ranks : {2, 4}) {
            INFO(arguments << " on " << ranks << " ranks");
            const Outcome many = run_on(ranks, data + arguments + " --threads 2" + files("many"));
            CHECK(many.err.empty());
            CHECK((many.out == one.out));
            CHECK(same(".safetensors"));
            CHECK(same(".csv"));
        }
    }
    const Outcome tcp = run_on(2, data + "--batch 17 --dtype f32 --steps 40" + files("many"),
                               "export OMPI_MCA_btl=self,tcp OMPI_MCA_pml=ob1 "
                               "OMPI_MCA_btl_tcp_if_include=127.0.0.1/8");  // there may be no other
    CHECK(tcp.status == 0);
    CHECK(same(".safetensors"));
}

TEST_CASE("a run that is stopped on four ranks goes on with two, one and three", "[cluster]") {
    const TemporaryDirectory folder;
    const std::string f = folder.path();
    const std::string arguments = data + "--batch 40 --steps 600 --samples 0 ";
    const auto saved = [&](const std::string& name) {
        return "--save '" + f + "/" + name + ".safetensors' ";
    };
    REQUIRE(run_microgpt(arguments + saved("never-stopped")).status == 0);
    Process process(on(4, arguments + "--save-every 100 " + saved("stopped")), soon, start);
    process.wait_for_lines(140);
    SECTION("by a signal to mpirun") { process.signal(SIGTERM); }
    SECTION("by the loss of a rank") {
        const std::vector<pid_t> ranks = ranks_of(process);
        REQUIRE(ranks.size() == 4);
        kill(ranks[2], SIGKILL);
    }
    CHECK(process.wait().status != 0);
    for (const int ranks : {2, 1, 3}) {
        INFO(ranks << " ranks");
        const Outcome outcome = run_on(
            ranks, data + "--samples 0 --load '" + f + "/stopped.safetensors' " + saved("gone-on"));
        CHECK(outcome.err.empty());
        CHECK(lines_of(outcome.out).size() < 600);
        CHECK(
            (read_file(f + "/gone-on.safetensors") == read_file(f + "/never-stopped.safetensors")));
    }
}

TEST_CASE("where one rank goes wrong, one line says so and the job ends", "[cluster]") {
    const TemporaryDirectory folder;
    SECTION("it was started with other flags") {
        const std::string other = "'" + program + "' " + long_run + "--seed 7";
        check_one_line(Process(and_one(long_run, other), soon, start).wait(),
                       "rank 1 was started with other flags than rank 0");
    }
    SECTION("it is another version") {
        const std::string other = folder.path() / "other";
        fs::copy(program, other);
        std::ofstream(other, std::ios::app) << "another";
        check_one_line(Process(and_one(long_run, other + " " + long_run), soon, start).wait(),
                       "rank 1 is another version of this program than rank 0");
    }
    SECTION("it never comes") {
        const auto begun = std::chrono::steady_clock::now();
        check_one_line(
            Process(and_one(long_run, "sleep 100"), soon + "export MICROGPT_PATIENCE=3", start)
                .wait(),
            "the other ranks have not answered");
        CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(30));
    }
    SECTION("it has no memory") {
        const std::string large = "--samples 0 --n-embd 1024 --n-layer 2 --offline";
        const std::string limited = "sh -c 'ulimit -v 600000; exec " + program + " " + large + "'";
        check_one_line(Process(and_one(large, limited), soon, start).wait(), "of memory");
    }
    SECTION("each is alone, as mpirun is another MPI's") {
        check_one_line(Process(long_run, "export PMI_SIZE=2 PMI_RANK=0", "microgpt-mpi").wait(),
                       "each of them is alone");
    }
}

TEST_CASE("what is wrong with flags or files is said once", "[cluster]") {
    check_one_line(run_on(3, "--steps -1"), "--steps");
    check_one_line(run_on(3, "--load nowhere.safetensors"), "nowhere.safetensors");
    check_one_line(run_on(3, "--engine value"), "the fast engine alone");
    check_one_line(run_on(3, data + "--learning-rate 1e300"), "choose a smaller learning rate");
    const Outcome help = run_on(3, "--help");
    CHECK(help.status == 0);
    CHECK(help.out == run_microgpt("--help").out);
}
