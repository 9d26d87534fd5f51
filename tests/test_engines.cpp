// The program with each engine: the same digits, whatever computes them.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "catch.hpp"
#include "microgpt/files/file.hpp"
#include "microgpt/run/engines.hpp"
#include "microgpt/run/evaluation.hpp"
#include "names.hpp"
#include "program.hpp"
#include "temporary.hpp"

using namespace microgpt;

namespace {

const std::string data =
    "--data '" MICROGPT_SOURCE_DIR "/tests/golden/cases/accents.txt' --block-size 26 ";

/// The losses that a run writes, in full precision.
std::vector<double> logged(const std::string& arguments) {
    const TemporaryDirectory folder;
    const std::string log = folder.path() / "log.csv";
    const Outcome outcome = run_microgpt(arguments + " --samples 0 --log " + log);
    INFO(arguments << ": " << outcome.err);
    REQUIRE(outcome.status == 0);
    std::vector<double> losses;
    for (const std::string& line : lines_of(read_file(log))) {
        if (line != "step,loss") losses.push_back(std::stod(line.substr(line.find(',') + 1)));
    }
    return losses;
}

void check_close(const std::vector<double>& found, const std::vector<double>& expected) {
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        INFO("step " << i + 1);
        CHECK(std::abs(found[i] - expected[i]) < 1e-12);
    }
}

/// The Value engine first, which the others are held against.
std::vector<EngineChoice> every_engine() {
    return {{"value"}, {"graph"}, {"tape"}, {"flat"}, {"fast"}, {"fast", "f32"}};
}

/// What another process takes that invents so many names on that engine, in one call.
double megabytes_to_invent(const EngineChoice& engine, std::size_t count, std::size_t at_once) {
    const pid_t child = fork();
    if (child == 0) {
        Tape tape;
        const std::string names = MICROGPT_SOURCE_DIR "/data/dreamed-names.txt";
        Run run = make_run({.n_embd = 8, .n_head = 2, .block_size = 8}, {.file = names}, engine);
        _exit(run.generate({.count = count, .side_by_side = at_once}).size() == count ? 0 : 1);
    }
    int status = 1;
    rusage usage = {};
    wait4(child, &status, 0, &usage);
    CHECK(status == 0);
#ifdef __APPLE__
    usage.ru_maxrss /= 1024;  // it is in bytes there
#endif
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

}  // namespace

TEST_CASE("every engine prints the same", "[engine]") {
    const std::string arguments = data + "--steps 30 --samples 5 --engine ";
    const std::string expected = run_microgpt(arguments + "value").out;
    CHECK(lines_of(expected).size() == 40);
    for (const char* engine : {"graph", "tape", "flat", "fast", "fast --threads 2"}) {
        INFO(engine);
        CHECK(run_microgpt(arguments + engine).out == expected);
    }
}

TEST_CASE("every engine evaluates alike", "[engine]") {
    const std::string arguments =
        data + "--steps 30 --samples 5 --held-out 0.3 --evaluate --top-k 9 --top-p 0.9 " +
        "--sample-seed 3 --engine ";
    const std::string expected = run_microgpt(arguments + "value").out;
    CHECK_THAT(expected, ContainsSubstring("\nheld out                19    "));
    for (const char* engine : {"graph", "tape", "flat", "fast", "fast --threads 2"}) {
        INFO(engine);
        CHECK(run_microgpt(arguments + engine).out == expected);
    }
    const std::string names = MICROGPT_SOURCE_DIR "/data/dreamed-names.txt";
    Tape tape;
    std::vector<double> losses;
    for (const EngineChoice& engine : every_engine()) {
        Run run = make_run({.steps = 50, .held_out = 0.1}, {.file = names}, engine);
        run.train();
        const Spellings spellings = spellings_of(run, 50);
        const double loss = evaluate(run, spellings.unread, 7).token_loss();
        CHECK(evaluate(run, spellings.unread).token_loss() == loss);  // one by one
        losses.push_back(loss);
        CHECK(std::abs(loss - losses[0]) < (engine.dtype == "f32" ? 1e-5 : 1e-12));
    }
}

TEST_CASE("single precision prints nearly every loss of the reference", "[engine][golden]") {
    const Dataset names = names_or_skip();
    if (!names.note.empty()) return;
    std::ifstream in(MICROGPT_SOURCE_DIR "/tests/golden/python-seed42.losses.txt");
    const std::vector<std::string> lines =
        lines_of(run_microgpt("--dtype f32 --data '" + names.name + "'").out);
    REQUIRE(lines.size() == 1025);
    int equal = 0;
    for (int step = 0; step < 1000; ++step) {
        double reference = 0;
        in >> reference;
        char printed[32];
        std::snprintf(printed, sizeof printed, "%.4f", reference);
        const std::string loss = lines[static_cast<std::size_t>(step) + 3].substr(24);
        const bool same = loss == printed;
        equal += same ? 1 : 0;
        INFO("step " << step + 1);
        CHECK(std::abs(std::stod(loss) - std::stod(printed)) < 1.5e-4);
        if (step == 0 || step == 999) CHECK(same);
    }
    CHECK(equal >= 990);
}

TEST_CASE("a batch's loss is the mean of its documents' losses", "[engine]") {
    const std::vector<double> alone = logged(data + "--steps 6 --learning-rate 1e-300");
    for (const char* engine : {"value", "flat", "fast"}) {
        INFO(engine);
        check_close(logged(data + "--steps 2 --learning-rate 1e-300 --batch 3 --engine " + engine),
                    {(alone[0] + alone[1] + alone[2]) / 3, (alone[3] + alone[4] + alone[5]) / 3});
    }
}

TEST_CASE("every engine takes the same steps in batches", "[engine]") {
    const std::string arguments = data + "--steps 25 --batch 7 --engine ";
    const std::vector<double> expected = logged(arguments + "value");
    for (const char* engine : {"tape", "flat", "fast"}) {
        INFO(engine);
        check_close(logged(arguments + engine), expected);
    }
}

TEST_CASE("the number of threads changes no bit of a checkpoint", "[engine]") {
    const TemporaryDirectory folder;
    const std::string model = folder.path() / "model.safetensors";
    const auto trained = [&](const std::string& arguments) {
        INFO(arguments);
        REQUIRE(run_microgpt(arguments + " --samples 0 --save " + model).status == 0);
        return read_file(model);
    };
    const std::string names = "--data '" MICROGPT_SOURCE_DIR "/data/dreamed-names.txt' --steps 50 ";
    for (const std::string dtype : {"f64", "f32"}) {
        for (const std::string& run :
             {names + "--batch 16", names + "--batch 5 --n-embd 20 --n-head 5 --n-layer 2",
              data + "--steps 20 --batch 5 --n-layer 2 --n-embd 60 --n-head 3"}) {
            const std::string arguments = run + " --dtype " + dtype + " --threads ";
            const std::string expected = trained(arguments + "1");
            for (const char* threads : {"2", "3", "7"}) {
                INFO(arguments << threads);
                CHECK((trained(arguments + threads) == expected));  // no need to print them
            }
        }
    }
}

TEST_CASE("names by the thousand are invented side by side", "[engine]") {
    const std::string arguments = data + "--steps 20 --prompt An --samples ";
    const std::vector<std::string> lines = lines_of(run_microgpt(arguments + "1500").out);
    REQUIRE(lines.size() == 1525);
    for (std::size_t i = 0; i < 1500; ++i) {
        const std::string start = "sample " + std::string(i < 9 ? " " : "") + std::to_string(i + 1);
        INFO(lines[i + 25]);
        CHECK(lines[i + 25].rfind(start + ": An", 0) == 0);
    }
    CHECK(lines_of(run_microgpt(arguments + "1500").out) == lines);
}

TEST_CASE("a run goes on with another engine", "[engine]") {
    const TemporaryDirectory folder;
    const std::string model = folder.path() / "model.safetensors";
    const std::vector<double> expected = logged(data + "--steps 40 --batch 2");
    run_microgpt(data + "--steps 15 --batch 2 --samples 0 --engine value --save " + model);
    // Its learning rate has decayed over 15 steps: what is the same is where it goes on from.
    const std::string resume = data + "--load " + model + " --steps 40 --engine ";
    const std::vector<double> by_value = logged(resume + "value");
    check_close(logged(resume + "fast"), by_value);
    CHECK(by_value.size() == expected.size());
    check_refused(data + "--load " + model + " --steps 40 --batch 3", 2,
                  "--batch: the checkpoint has 2, not 3");
}

TEST_CASE("what an engine does not have is refused", "[engine][misuse]") {
    check_refused("--engine steam", 2, "--engine");
    check_refused("--dtype f16", 2, "--dtype");
    check_refused("--engine value --dtype f32", 2, "--dtype: f32 is for --engine fast alone");
    check_refused("--engine tape --threads 2", 2,
                  "--threads: more than one are for --engine fast alone");
    check_refused("--threads 0", 2, "--threads");
    check_refused("--batch 0", 2, "--batch");
}

TEST_CASE("at any learning rate all engines stop at one step, or none does", "[engine]") {
    const std::string names = MICROGPT_SOURCE_DIR "/data/dreamed-names.txt";
    for (const double rate : {0.3, 1.0, 1e10, 1e50, 1e100, 1e300}) {
        std::vector<double> expected;
        for (const EngineChoice& engine : every_engine()) {
            INFO(engine.name << ' ' << engine.dtype << " at " << rate);
            Tape tape;
            Run run = make_run({.steps = 60, .learning_rate = rate}, {.file = names}, engine);
            try {
                run.train();
            } catch (const NumberError& error) {
                CHECK_THAT(error.what(),
                           ContainsSubstring(": the numbers make no sense any more ("));
                CHECK_THAT(error.what(), !ContainsSubstring("nan"));
            }
            if (engine.name == "value") expected = run.losses();
            REQUIRE(run.losses().size() == expected.size());
            const double margin = engine.dtype == "f32" ? 0.2 : 1e-3;  // an error grows here
            for (std::size_t i = 0; i < expected.size(); ++i) {
                CHECK(run.losses()[i] == Approx(expected[i]).epsilon(margin));
            }
        }
        CHECK(expected.size() < 60);
    }
}

TEST_CASE("however many names are invented, memory stays as it is", "[engine][memory]") {
    const std::size_t many = under_asan ? 500 : 3'000;  // it keeps what was freed for a while
    for (const EngineChoice& engine : every_engine()) {
        INFO(engine.name << ' ' << engine.dtype);
        for (const std::size_t at_once : {1, 16}) {
            const double few = megabytes_to_invent(engine, 50, at_once);
            CHECK(megabytes_to_invent(engine, many, at_once) < few + (under_asan ? 600 : 32));
        }
    }
}
