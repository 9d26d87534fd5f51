// Fuzzes the way from a checkpoint to names: they are invented, or an Error says why not.
#include "microgpt/engines/value_engine.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/run/run.hpp"
#include "sealed.hpp"
#include "target.hpp"

namespace {

using namespace microgpt;

/// Large models and many draws take their time. That is known, and no finding.
bool takes_long(const Checkpoint& checkpoint) {
    const bool draws = checkpoint.random.size() < Random::size && checkpoint.random.size() > 1 &&
                       checkpoint.settings.recipe == "python" && checkpoint.random[1] > 1'000'000;
    return draws || checkpoint.parameters.size() > 10'000 || checkpoint.settings.block_size > 50;
}

void invent(const Checkpoint& checkpoint, double temperature, std::size_t side_by_side) try {
    Tape tape;
    Run run(value_kind(), checkpoint);
    const bool has_room =
        checkpoint.settings.block_size > 1 && !checkpoint.vocabulary.tokens.empty();
    const std::string prompt = has_room ? checkpoint.vocabulary.tokens.front() : "";
    const auto names = run.generate(
        {.count = 3, .temperature = temperature, .prompt = prompt, .side_by_side = side_by_side});
    require(names.size() == 3, "there are other names than were asked for");
    for (const std::string& name : names) {
        require(name.rfind(prompt, 0) == 0, "a name does not start with the prompt");
        run.tokenizer().tokens(name);
    }
    require(run.checkpoint().parameters == checkpoint.parameters, "inventing changed the model");
} catch (const Error& error) {
    require(std::string_view(error.what()).find('\n') == std::string_view::npos, "not one line");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        const Checkpoint checkpoint =
            from_bytes(sealed({reinterpret_cast<const char*>(data), size}));
        if (takes_long(checkpoint)) return 0;
        for (const double temperature : {0.0, 0.5, 1e-300, 1e300}) {
            for (const std::size_t side_by_side : {1, 2}) {
                invent(checkpoint, temperature, side_by_side);
            }
        }
    } catch (const FormatError&) {
    }
    return 0;
}
