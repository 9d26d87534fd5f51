// The twin: the model in PyTorch says the loss and the name that ours says.
#include <cstdlib>

#include "catch.hpp"
#include "microgpt/files/file.hpp"
#include "microgpt/files/save.hpp"
#include "microgpt/run/engines.hpp"
#include "microgpt/run/evaluation.hpp"
#include "microgpt/run/start_weights.hpp"
#include "temporary.hpp"

using namespace microgpt;

namespace {

const std::vector<std::string_view> asked = {"anna", "mo", "hannahannahannah", "ian"};

/// A trained model, and what it says of names it has not read.
void check_twin(const std::string& python) {
    const TemporaryDirectory folder;
    Run run(engine_kind(), {.steps = 200, .n_layer = 2, .n_embd = 24, .n_head = 3, .block_size = 9},
            embedded_sample());
    run.train();
    const std::string here = folder.path().string() + "/";
    write_file(here + "model.st", to_bytes(run.checkpoint()));
    std::string names;
    for (const std::string_view name : asked) names += std::string(name) + "\n";
    write_file(here + "names.txt", names);
    REQUIRE(std::system((python + " " MICROGPT_SOURCE_DIR "/examples/pytorch/twin.py " + here +
                         "model.st " + here + "names.txt " + here + "edited.st > " + here + "out")
                            .c_str()) == 0);
    const std::string out = read_file(here + "out");
    CHECK(std::stod(out.substr(5)) == Approx(evaluate(run, asked).loss()).margin(1e-6).epsilon(0));
    const std::string greedy = run.generate({.temperature = 0}).front();
    CHECK(out.substr(out.find('\n')) == "\nname " + greedy + "\n");

    const StartWeights edited = read_start_weights(read_file(here + "edited.st"), "edited.st");
    Run other(engine_kind(), with_sizes({}, edited), embedded_sample());
    begin_with(other, edited);
    const Index bos = run.tokenizer().bos();
    const auto before = run.reader(1);
    const auto after = other.reader(1);
    CHECK(after->read({&bos, 1})[3] == before->read({&bos, 1})[3] / 2);  // lm_head was halved
}

bool has(const std::string& python, const std::string& package) {
    if (std::system((python + " -c 'import " + package + "' 2> /dev/null").c_str()) == 0)
        return true;
    WARN("SKIPPED: " << python << " has no " << package);
    return false;
}

}  // namespace

TEST_CASE("the twin says the same loss and name in NumPy", "[twin]") {
    const char* chosen = std::getenv("MICROGPT_PYTHON");
    const std::string python = chosen != nullptr ? chosen : "python3";
    if (has(python, "numpy")) check_twin(python);
}

TEST_CASE("the twin says the same loss and name in PyTorch", "[twin]") {
    if (has("/usr/bin/python3", "torch")) check_twin("/usr/bin/python3");
}
