// The microgpt program as its users meet it: output, exit status, and one line for every mistake.
#if defined(__APPLE__)
#include <util.h>
#else
#include <pty.h>
#include <utmp.h>
#endif
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <sstream>
#include <thread>

#include "catch.hpp"
#include "microgpt/files/file.hpp"
#include "microgpt/files/save.hpp"
#include "microgpt/run/checkpoint.hpp"
#include "microgpt/version.hpp"
#include "names.hpp"
#include "program.hpp"
#include "temporary.hpp"

using namespace microgpt;

namespace {

const std::string accents = MICROGPT_SOURCE_DIR "/tests/golden/cases/accents.txt";

/// A short run that needs no network.
const std::string data = "--data '" + accents + "' --block-size 26 ";
const std::string quick = data + "--steps 3 --samples 2 ";

}  // namespace

// ---- Output

TEST_CASE("away from a terminal it prints what the references print", "[cli]") {
    const Outcome outcome = run_microgpt(quick);
    CHECK(outcome.status == 0);
    CHECK(outcome.err.empty());
    const std::vector<std::string> lines = lines_of(outcome.out);
    REQUIRE(lines.size() == 10);
    CHECK(lines[0] == "num docs: 62");
    CHECK(lines[1] == "vocab size: 116");
    CHECK(lines[2] == "num params: 7200");
    CHECK(lines[3].rfind("step    1 /    3 | loss ", 0) == 0);
    CHECK(lines[5].rfind("step    3 /    3 | loss ", 0) == 0);
    CHECK(lines[6].empty());
    CHECK(lines[7] == "--- inference (new, hallucinated names) ---");
    CHECK(lines[8].rfind("sample  1: ", 0) == 0);
    CHECK(lines[9].rfind("sample  2: ", 0) == 0);
}

TEST_CASE("the whole output of both recipes is the references', byte for byte", "[cli][golden]") {
    const Dataset names = names_or_skip();
    if (!names.note.empty()) return;
    for (const std::string recipe : {"python", "elixir"}) {
        const std::string golden = MICROGPT_SOURCE_DIR "/tests/golden/" + recipe + "-seed42";
        std::ostringstream expected;
        expected << "num docs: 32033\nvocab size: 27\nnum params: 4192\n";
        char line[64];
        int number = 0;
        for (const std::string& loss : lines_of(read_file(golden + ".losses.txt"))) {
            std::snprintf(line, sizeof line, "step %4d / 1000 | loss %.4f\n", ++number,
                          std::stod(loss));
            expected << line;
        }
        expected << "\n--- inference (new, hallucinated names) ---\n";
        number = 0;
        for (const std::string& name : lines_of(read_file(golden + ".samples.txt"))) {
            std::snprintf(line, sizeof line, "sample %2d: %s\n", ++number, name.c_str());
            expected << line;
        }
        const Outcome outcome = run_microgpt("--data '" + names.name + "' --recipe " + recipe);
        CHECK(outcome.status == 0);
        CHECK(outcome.out == expected.str());
        CHECK(outcome.err.empty());
    }
}

TEST_CASE("microgpt.cpp prints what microgpt prints", "[cli][golden]") {
    const Dataset names = names_or_skip();
    const std::string file =
        names.note.empty() ? names.name : MICROGPT_SOURCE_DIR "/data/dreamed-names.txt";
    const Environment variable("MICROGPT_NAMES", file);
    const Outcome single = run_program("chapters/microgpt-200");
    CHECK(single.status == 0);
    CHECK(single.out == run_microgpt("").out);
}

TEST_CASE("without names.txt it says so in one line, and trains on the sample", "[cli]") {
    const TemporaryDirectory empty;
    const Environment cache("XDG_CACHE_HOME", empty.path());
    const Environment names("MICROGPT_NAMES", std::nullopt);
    const Outcome outcome = run_microgpt("--offline --steps 2 --samples 1");
    CHECK(outcome.status == 0);
    CHECK(outcome.out.rfind("num docs: 2000\nvocab size: 27\nnum params: 4192\n", 0) == 0);
    CHECK(lines_of(outcome.err).size() == 1);
    CHECK_THAT(outcome.err, ContainsSubstring("training on 2,000 invented names instead"));
}

TEST_CASE("the example program runs", "[cli]") {
    const Environment names("MICROGPT_NAMES", accents);
    const Outcome outcome = run_program("tests/invent");
    CHECK(outcome.status == 0);
    CHECK(lines_of(outcome.out).size() == 11);  // a note on truncation, 5 losses, 5 names
}

// ---- How good it is, and other names

TEST_CASE("an evaluation comes at the end, and changes nothing before it", "[cli]") {
    const std::string plain = run_microgpt(quick).out;
    const std::string out = run_microgpt(quick + "--evaluate").out;
    REQUIRE(out.rfind(plain, 0) == 0);
    const std::vector<std::string> lines = lines_of(out.substr(plain.size()));
    REQUIRE(lines.size() == 6);
    CHECK(lines[0].empty());
    CHECK(lines[1] == "--- evaluation ---");
    CHECK(lines[2].rfind("loss             spellings   by name  by character", 0) == 0);
    CHECK(lines[3].rfind("read in training         3    ", 0) == 0);
    CHECK(lines[4].rfind("never read              59    ", 0) == 0);
    CHECK(lines[5].rfind("names: 2 | new 2 | in the data 0, of which read 0 | repeated ", 0) == 0);
    const std::string held = run_microgpt(quick + "--held-out 0.2").out;
    CHECK_THAT(held, ContainsSubstring("num params: 7200\nheld out: 12 spellings, 12 docs\nstep"));
    CHECK(held != plain);
    CHECK(run_microgpt(quick + "--held-out 0 --top-k 0 --top-p 0").out == plain);
    CHECK(run_microgpt(quick + "--top-k 1000 --top-p 1").out == plain);
}

TEST_CASE("the losses and figures of names.txt are those that the book tells", "[cli][golden]") {
    const Dataset names = names_or_skip();
    if (!names.note.empty()) return;
    const std::string out = run_microgpt("--data '" + names.name + "' --evaluate").out;
    CHECK_THAT(
        out,
        ContainsSubstring(
            "\nread in training       996    2.3050        2.3147       10.12          3.339"));
    CHECK_THAT(
        out,
        ContainsSubstring(
            "\nnever read           28498    2.3615        2.3669       10.66          3.415"));
    const std::string held =
        run_microgpt("--data '" + names.name + "' --held-out 0.1 --evaluate").out;
    CHECK_THAT(held, ContainsSubstring("\nheld out: 2949 spellings, 3202 docs\nstep"));
}

TEST_CASE("a model that is kept says other names by another sample-seed", "[cli]") {
    const TemporaryDirectory folder;
    const std::string model = folder.path() / "model";
    const std::string trained = run_microgpt(quick + "--save " + model).out;
    const std::string kept = read_file(model);
    const auto names = [](const std::string& out) { return out.substr(out.find("\n---")); };
    const std::string load = "--load " + model + " --steps 0 --samples 2 ";
    CHECK(names(run_microgpt(load).out) == names(trained));
    const std::string others = names(run_microgpt(load + "--sample-seed 5").out);
    CHECK(others != names(trained));
    CHECK(names(run_microgpt(load + "--sample-seed 5").out) == others);
    CHECK(names(run_microgpt(quick + "--sample-seed 5 --save " + model).out) == others);
    CHECK(read_file(model) == kept);
    const std::string greedy = names(run_microgpt(load + "--temperature 0").out);
    CHECK(names(run_microgpt(load + "--temperature 1 --top-k 1").out) == greedy);
    CHECK(names(run_microgpt(load + "--temperature 1 --top-p 1e-9").out) == greedy);
}

// ---- A terminal

/// What it prints of what another command sends it.
std::string run_piped(const std::string& command, const std::string& arguments) {
    const TemporaryDirectory folder;
    const std::string out = folder.path() / "out";
    const std::string line = command + " | '" + MICROGPT_BINARY_DIR + "/microgpt' " + arguments +
                             " > " + out + " 2> /dev/null";
    CHECK(std::system(line.c_str()) == 0);
    return read_file(out);
}

/// What a terminal of so many columns is sent.
/// The terminal is kept open until everything is read: a kernel may drop what was written just
/// before the last one who had it open left. What comes last is a byte the program never sends.
std::string sent_to_terminal(const std::string& arguments, unsigned short columns) {
    const std::string command =
        std::string("exec '") + MICROGPT_BINARY_DIR + "/microgpt' " + arguments;
    const char last = '\x04';
    winsize size{};
    size.ws_col = columns;
    size.ws_row = 24;
    int ours = -1, theirs = -1;
    REQUIRE(openpty(&ours, &theirs, nullptr, nullptr, &size) == 0);
    const pid_t child = fork();
    if (child == 0) {
        close(ours);
        login_tty(theirs);
        execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
        _exit(127);
    }
    std::string sent;
    std::thread reader([&sent, ours] {
        char byte = 0;
        while (read(ours, &byte, 1) == 1 && byte != last) sent.push_back(byte);
    });
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(write(theirs, &last, 1) == 1);
    reader.join();
    close(theirs);
    close(ours);
    CHECK(WEXITSTATUS(status) == 0);
    return sent;
}

/// What stays on its screen: "\r" goes back to the start of the line, "ESC [ K" clears the rest.
std::vector<std::string> left_on_screen(const std::string& sent) {
    std::vector<std::string> lines(1);
    std::size_t column = 0;
    for (std::size_t i = 0; i < sent.size(); ++i) {
        if (sent.compare(i, 3, "\x1b[K") == 0) {
            lines.back().resize(column);
            i += 2;
        } else if (sent[i] == '\r') {
            column = 0;
        } else if (sent[i] == '\n') {
            lines.emplace_back();
            column = 0;
        } else {
            lines.back().resize(std::max(lines.back().size(), column + 1));
            lines.back()[column++] = sent[i];
        }
    }
    return lines;
}

TEST_CASE("on a terminal the bar goes, and the first and last steps stay", "[cli]") {
    const std::string sent = sent_to_terminal(data + "--engine value --steps 500 --samples 1", 80);
    for (const char* part : {"[#", "-] ", " %", "/500", " loss ", " mean ", " steps/s", " left"}) {
        INFO(part);
        CHECK_THAT(sent, ContainsSubstring(part));
    }
    const std::vector<std::string> lines = left_on_screen(sent);
    REQUIRE(lines.size() == 9);
    CHECK(lines[2] == "num params: 7200");
    CHECK(lines[3].rfind("step    1 /  500 | loss ", 0) == 0);
    CHECK(lines[4].rfind("step  500 /  500 | loss ", 0) == 0);
    CHECK(lines[5].empty());
    CHECK(lines[7].rfind("sample  1: ", 0) == 0);
}

TEST_CASE("a model is not for a terminal, and a log may be", "[cli][misuse]") {
    int ours = -1, theirs = -1;
    char terminal[64];
    REQUIRE(openpty(&ours, &theirs, terminal, nullptr, nullptr) == 0);
    check_refused(quick + "--save " + terminal, 1, "a model is not for a terminal");
    CHECK(run_microgpt(quick + "--log " + terminal).status == 0);
    char begin[9];
    CHECK(read(ours, begin, sizeof begin) == 9);
    CHECK(std::string(begin, sizeof begin) == "step,loss");
    close(theirs);
    close(ours);
}

TEST_CASE("a single step leaves a single line", "[cli]") {
    const std::vector<std::string> lines =
        left_on_screen(sent_to_terminal(data + "--steps 1 --samples 0", 80));
    REQUIRE(lines.size() == 7);
    CHECK(lines[3].rfind("step    1 /    1 | loss ", 0) == 0);
    CHECK(lines[4].empty());
}

TEST_CASE("a narrow terminal gets whole figures, never a piece of one", "[cli]") {
    const std::string sent = sent_to_terminal(data + "--steps 500 --samples 0", 40);
    std::size_t bars = 0;
    for (std::size_t start = 0; start != std::string::npos; start = sent.find('\r', start + 1)) {
        const std::string drawn =
            sent.substr(start + 1, sent.find_first_of("\r\x1b", start + 1) - start - 1);
        if (drawn.find(" % ") == std::string::npos) continue;
        ++bars;
        INFO(drawn);
        CHECK(drawn.size() < 40);
        const std::size_t mean = drawn.find(" mean ");
        CHECK((mean == std::string::npos ||
               drawn.size() - mean == std::string(" mean 1.2345").size()));
    }
    CHECK(bars > 0);
}

TEST_CASE("on a dumb terminal there is no bar", "[cli]") {
    const Environment dumb("TERM", "dumb");
    const std::string sent = sent_to_terminal(data + "--steps 5 --samples 1", 80);
    CHECK_THAT(sent, !ContainsSubstring("\x1b"));
    CHECK_THAT(sent, ContainsSubstring("step    4 /    5 | loss "));
}

TEST_CASE("the bar knows a rate when there is one", "[cli]") {
    const std::string sent = sent_to_terminal(data + "--engine value --steps 500 --samples 0", 80);
    const std::size_t first = sent.find("mean ");
    REQUIRE(first != std::string::npos);
    CHECK(sent.substr(first, 20).find("steps/s") == std::string::npos);
    CHECK_THAT(sent, ContainsSubstring("steps/s"));
    for (std::size_t at = 0; (at = sent.find(" steps/s", at + 1)) != std::string::npos;) {
        const std::size_t start = sent.rfind(' ', at - 1) + 1;
        CHECK(std::stod(sent.substr(start, at - start)) < 1e7);
    }
}

TEST_CASE("what a name has of control characters is shown on a terminal, and raw elsewhere",
          "[cli]") {
    const TemporaryDirectory folder;
    const std::string file = folder.path() / "names.txt";
    const std::string name = "\x1b]0;title\a\u009b2J\u202e";
    write_file(file, name + "\n");
    const std::string run = "--data " + file + " --temperature 0 --steps 60 --samples 1";
    CHECK_THAT(run_microgpt(run).out, ContainsSubstring("sample  1: " + name + "\n"));
    const std::vector<std::string> lines = left_on_screen(sent_to_terminal(run, 80));
    CHECK(lines[7].rfind("sample  1: \\x1b]0;title\\x07\\x9b2J\\u202e", 0) == 0);
    const Outcome asked = run_microgpt("--data " + file + " --prompt '\x1b'x");
    CHECK_THAT(asked.err, !ContainsSubstring("\x1b"));
}

TEST_CASE("a text that goes on has its lines on a terminal, too", "[cli]") {
    const TemporaryDirectory folder;
    const std::string file = folder.path() / "text.txt";
    write_file(file, "a\nb\na\nb\na\nb\na\nb\na\nb\n");
    const std::string run = "--data " + file + " --stream --temperature 0 --steps 60 --samples 1";
    const std::string shown = sent_to_terminal(run, 80);
    CHECK_THAT(shown, ContainsSubstring("sample  1: a\r\nb\r\n"));
    CHECK_THAT(shown, !ContainsSubstring("\\x0a"));
}

TEST_CASE("every byte of a name is printed", "[cli]") {
    const TemporaryDirectory folder;
    const std::string file = folder.path() / "names.txt";
    write_file(file, std::string("e\0m\n", 4));
    const Outcome outcome = run_microgpt("--temperature 0 --steps 60 --samples 1 --data " + file);
    CHECK_THAT(outcome.out, ContainsSubstring(std::string("sample  1: e\0m\n", 15)));
    CHECK(outcome.err == "microgpt: " + file + " has NUL bytes: is it UTF-16?\n");
}

// ---- Flags

TEST_CASE("the log keeps every loss, with digits enough to read it back exactly", "[cli]") {
    const TemporaryDirectory directory;
    const std::string log = directory.path() / "loss.csv";
    const std::vector<std::string> printed = lines_of(run_microgpt(quick + "--log " + log).out);
    const std::vector<std::string> lines = lines_of(read_file(log));
    REQUIRE(lines.size() == 4);
    CHECK(lines[0] == "step,loss");
    for (int step = 1; step <= 3; ++step) {
        const std::string number = std::to_string(step) + ",";
        REQUIRE(lines[step].rfind(number, 0) == 0);
        const double loss = std::stod(lines[step].substr(number.size()));
        char text[64];
        std::snprintf(text, sizeof text, "%.17g", loss);
        CHECK(lines[step] == number + text);
        std::snprintf(text, sizeof text, "step %4d /    3 | loss %.4f", step, loss);
        CHECK(printed[2 + step] == text);
    }
}

TEST_CASE("the plot draws the losses", "[cli]") {
    const TemporaryDirectory directory;
    const std::string plot = directory.path() / "loss.svg";
    CHECK(run_microgpt(quick + "--plot " + plot).status == 0);
    CHECK_THAT(read_file(plot), ContainsSubstring("<svg"));
    CHECK_THAT(read_file(plot), ContainsSubstring("</svg>"));
}

TEST_CASE("the same seed gives the same run, another seed another", "[cli]") {
    const std::string first = run_microgpt(quick + "--seed 18446744073709551615").out;
    CHECK(first == run_microgpt(quick + "--seed 18446744073709551615").out);
    CHECK(first != run_microgpt(quick + "--seed 0").out);
}

TEST_CASE("the prompt is what every name starts with", "[cli]") {
    const std::vector<std::string> lines = lines_of(run_microgpt(quick + "--prompt Ana").out);
    REQUIRE(lines.size() == 10);
    CHECK(lines[8].rfind("sample  1: Ana", 0) == 0);
    CHECK(lines[9].rfind("sample  2: Ana", 0) == 0);
}

TEST_CASE("leading zeros change nothing", "[cli]") {
    CHECK(run_microgpt(quick + "--seed 042").out == run_microgpt(quick + "--seed 42").out);
}

TEST_CASE("a loss that is no longer a number ends the run", "[cli][misuse]") {
    const Outcome outcome = run_microgpt(quick + "--learning-rate 1e300");
    CHECK(outcome.status == 1);
    CHECK_THAT(outcome.err, ContainsSubstring("choose a smaller learning rate"));
}

TEST_CASE("sizes change the number of parameters", "[cli]") {
    const std::string sizes = "--n-layer 2 --n-embd 8 --n-head 2 --block-size 4 --steps 1";
    CHECK_THAT(run_microgpt("--data '" + accents + "' " + sizes).out,
               ContainsSubstring("num params: 3424\n"));
}

TEST_CASE("zero steps and zero samples are allowed", "[cli]") {
    const Outcome outcome = run_microgpt(data + "--steps 0 --samples 0");
    CHECK(outcome.status == 0);
    CHECK(lines_of(outcome.out).size() == 5);
}

TEST_CASE("help has an example of each flag, and --version a version", "[cli]") {
    const Outcome help = run_microgpt("--help");
    CHECK(help.status == 0);
    const std::string examples = help.out.substr(help.out.find("Examples:"));
    for (const char* flag :
         {"--data",          "--offline", "--sha256",      "--recipe",  "--seed",
          "--steps",         "--n-embd",  "--n-head",      "--n-layer", "--block-size",
          "--learning-rate", "--samples", "--temperature", "--prompt",  "--log",
          "--plot",          "--save",    "--save-every",  "--load",    "--batch",
          "--threads",       "--dtype",   "--engine"}) {
        INFO(flag);
        CHECK_THAT(examples, ContainsSubstring(flag));
    }
    const Outcome shown = run_microgpt("--version");
    CHECK(shown.status == 0);
    CHECK(shown.out == "microgpt " + std::string(microgpt::version) + "\n");
}

TEST_CASE("the same names, however many and by whichever engine", "[cli]") {
    const auto names = [](const std::string& arguments) {
        std::vector<std::string> lines = lines_of(run_microgpt(data + arguments).out);
        return std::vector<std::string>(lines.begin() + 15, lines.end());
    };
    const std::vector<std::string> most = names("--steps 10 --samples 2100");
    REQUIRE(most.size() == 2100);
    for (const std::string other :
         {"--samples 20", "--samples 1000", "--samples 1001", "--samples 1100 --engine value"}) {
        const std::vector<std::string> fewer = names("--steps 10 " + other);
        INFO(other);
        CHECK(std::equal(fewer.begin(), fewer.end(), most.begin()));
        CHECK(fewer.size() <= most.size());
    }
    CHECK(std::set<std::string>(most.begin() + 1000, most.end()).size() > 1000);
}

TEST_CASE("a - is standard input", "[cli]") {
    const TemporaryDirectory folder;
    const std::string model = folder.path() / "m";
    const std::string out = run_microgpt(quick).out;
    const std::string rest = " --block-size 26 --steps 3 --samples 2 ";
    CHECK(run_piped("cat '" + accents + "'", "--data -" + rest + "--save " + model) == out);
    const std::string names = out.substr(out.find("\n---"));
    const std::string again = run_piped("cat " + model, "--load - --samples 2");
    CHECK(again.substr(again.find("\n---")) == names);
    check_refused("--data - --load -", 2, "--load: is the --data");
    check_refused("--data -", 1, "microgpt: stdin holds no document");  // it is /dev/null here
    check_refused("--load -", 1, "microgpt: stdin: not a microgpt checkpoint: it is empty");
}

// ---- Mistakes

TEST_CASE("a flag that is given twice is refused", "[cli][misuse]") {
    for (const std::string flag :
         {"--data a",
          "--load a",
          "--save a",
          "--log a",
          "--plot a",
          "--prompt a",
          "--seed 1",
          "--steps 1",
          "--n-embd 4",
          "--n-head 4",
          "--n-layer 1",
          "--block-size 4",
          "--batch 1",
          "--learning-rate 1",
          "--samples 1",
          "--temperature 1",
          "--engine fast",
          "--dtype f64",
          "--threads 1",
          "--recipe python",
          "--offline",
          "--save-every 1",
          "--sha256 0a30b5557f192f32ab962680889aac5f6fda0f4cecf40a6d0b5694f58ea8cc4d"}) {
        check_refused(flag + " " + flag, 2,
                      flag.substr(0, flag.find(' ')) + ": is given twice: leave one of them out");
    }
}

TEST_CASE("a flag that makes no sense is named, with exit status 2", "[cli][misuse]") {
    check_refused("--seed 18446744073709551616", 2, "--seed");
    check_refused("--n-head 3", 2, "--n-head (3) must divide --n-embd (16)");
    check_refused("--recipe perl", 2, "--recipe");
    check_refused("--frobnicate", 2, "microgpt: there is no flag --frobnicate (");
    check_refused("stray", 2, "microgpt: 'stray' belongs to no flag (");
    check_refused("''", 2, "microgpt: '' belongs to no flag (");
    for (const std::string flag : {"--offline", "--help", "--version"}) {
        for (const char* value : {"=maybe", "=false", "=3"}) {
            check_refused(flag + value, 2, "microgpt: " + flag + " takes no value (");
        }
    }
    CHECK(run_microgpt("--version 3").status == 0);  // as is the custom
    check_refused("--recipe perl", 2, "--recipe: there is no 'perl': choose one of python, elixir");
    check_refused("--engine gpu", 2, "choose one of graph, value, tape, flat, fast");
    check_refused("--n-embd 15", 2, "--n-head (4) must divide --n-embd (15)");
    check_refused("--save ''", 2, "--save: the name of a file is empty");
    check_refused("--save= --offline", 2, "--save: its value is missing before --offline");
    check_refused("--data= --steps 1", 2, "--data: its value is missing before --steps");
    check_refused("--log x --plot ./x", 2, "--plot: is the --log");
    check_refused("--data x --log x", 2, "--log: is the --data");
}

TEST_CASE("data that cannot be used is named, with exit status 1", "[cli][misuse]") {
    const TemporaryDirectory directory;
    const std::string empty = directory.path() / "empty.txt";
    const std::string broken = directory.path() / "broken.txt";
    write_file(empty, "\n \n");
    write_file(broken, "ok\nn\xfft\n");
    check_refused("--data /none/names.txt", 1, "/none/names.txt: No such file");
    check_refused("--data " + directory.path().string(), 1, "Is a directory");
    check_refused("--data " + empty, 1, "empty.txt holds no document");
    check_refused("--data " + broken, 1, "broken.txt:2: byte 2 is not UTF-8");
    check_refused(quick + "--prompt $(printf '\\302\\240')", 1, "the character U+00A0 is not in");
    check_refused(quick + "--prompt 'A#'", 1, "--prompt: the character '#' is not in the data");
    check_refused(quick + "--prompt $(printf '\\377')", 1,
                  "microgpt: --prompt is not UTF-8: does the");
    check_refused(quick + "--prompt 'A\nB'", 1, "is not in the data");
    check_refused(quick + "--steps '1\n2'", 2, "--steps");
    check_refused("--data '" + accents + "' --prompt Ana --block-size 3", 1,
                  "microgpt: --prompt 'Ana' leaves no room");
}

TEST_CASE("files that cannot be written are known before training", "[cli][misuse]") {
    const TemporaryDirectory directory;
    check_refused(quick + "--log /none/loss.csv", 1, "/none/loss.csv: No such file");
    check_refused(quick + "--plot " + directory.path().string(), 1, "Is a directory");
    CHECK(std::filesystem::is_empty(directory.path()));
}

TEST_CASE("output that cannot be written is a failure", "[cli][misuse]") {
    const TemporaryDirectory folder;
    const std::string err = folder.path() / "err";
    const auto fails = [&](const std::string& arguments, const std::string& reason) {
        const std::string command =
            std::string("'") + MICROGPT_BINARY_DIR + "/microgpt' " + arguments + " 2> " + err;
        CHECK(WEXITSTATUS(std::system(command.c_str())) == 1);
        CHECK(read_file(err) == "microgpt: cannot write the output: " + reason + "\n");
    };
    fails("--version >&-", "Bad file descriptor");
    fails(quick + ">&-", "Bad file descriptor");
    if (!std::filesystem::exists("/dev/full")) return;
    for (const std::string& arguments :
         {quick, std::string("--help "), std::string("--version ")}) {
        fails(arguments + "> /dev/full", "No space left on device");
    }
}

TEST_CASE("a line is there when its step is done", "[cli]") {
    Process process(data + "--engine value --n-embd 64 --batch 32 --steps 1000");  // slowly
    process.wait_for_lines(5);
    const std::size_t lines = lines_of(process.printed()).size();
    CHECK(lines >= 5);
    CHECK(lines < 20);
}

TEST_CASE("a single - is standard output, and what is printed goes beside it", "[cli]") {
    const TemporaryDirectory folder;
    const std::string file = folder.path() / "file";
    const Outcome plain = run_microgpt(quick);
    for (const std::string flag : {"--save", "--log", "--plot"}) {
        const Outcome outcome = run_microgpt(quick + flag + " -");
        CHECK(run_microgpt(quick + flag + " " + file).status == 0);
        CHECK(outcome.status == 0);
        CHECK(outcome.out == read_file(file));
        CHECK(outcome.err == plain.out);
    }
    check_refused("--save - --log -", 2, "--log: is the --save");
    check_refused("--save - --save-every 1", 2, "--save-every: standard output takes one");
    if (!std::filesystem::exists("/dev/full")) return;
    const std::string command = "cd " + folder.path().string() +
                                " &&"
                                " '" MICROGPT_BINARY_DIR "/microgpt' " +
                                quick + "--save - > /dev/full 2> " + file;
    CHECK(WEXITSTATUS(std::system(command.c_str())) == 1);
    const std::string message =
        "cannot write stdout: No space left on device; its bytes are kept in ";
    const std::string said = read_file(file);
    REQUIRE_THAT(said, ContainsSubstring(message));
    const std::string kept = lines_of(said.substr(said.find(message) + message.size())).front();
    CHECK(load_checkpoint(folder.path() / kept).losses.size() == 3);
}
