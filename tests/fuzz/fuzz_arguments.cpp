// Fuzzes the command line, an argument a line: it is understood, or answered in one line.
#include "cli/parse.hpp"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <sstream>

#include "target.hpp"

namespace {

using namespace microgpt;

/// While it lives, what goes to a stream is kept here.
class Caught {
  public:
    explicit Caught(std::ostream& stream) : stream_(stream), old_(stream.rdbuf(text_.rdbuf())) {}
    ~Caught() { stream_.rdbuf(old_); }
    Caught(const Caught&) = delete;
    Caught& operator=(const Caught&) = delete;
    std::string text() const { return text_.str(); }

  private:
    std::ostream& stream_;
    std::ostringstream text_;
    std::streambuf* old_;
};

void check(const Arguments& arguments) {
    const Settings& s = arguments.settings;
    require(s.recipe == "python" || s.recipe == "elixir", "a recipe that does not exist");
    require(std::min({s.n_layer, s.n_embd, s.n_head, s.block_size}) >= 1, "a size of zero");
    require(!arguments.load.empty() || s.n_embd % s.n_head == 0, "heads that do not fit");
    require(std::isfinite(s.learning_rate) && s.learning_rate > 0, "a learning rate out of range");
    require(std::isfinite(arguments.temperature) && arguments.temperature >= 0,
            "a temperature out of range");
    require(arguments.top_p >= 0 && arguments.top_p <= 1, "a top-p that is no share");
    require(arguments.samples >= 0, "fewer than no samples");
    const std::string& sha256 = arguments.data.sha256;
    require(sha256.empty() || sha256.size() == 64, "a SHA-256 of another size");
}

std::optional<Arguments> parse(const std::vector<const char*>& argv, const Checkpoint* loaded) {
    const Caught out(std::cout);
    const Caught err(std::cerr);
    int exit_code = -1;
    std::optional<Arguments> arguments =
        parse_arguments(static_cast<int>(argv.size()), argv.data(), exit_code, loaded);
    if (arguments) {
        require(exit_code == -1 && out.text().empty() && err.text().empty(), "both yes and no");
        check(*arguments);
    } else if (exit_code == 0) {
        require(!out.text().empty() && err.text().empty(), "help that does not help");
    } else {
        require(exit_code == 2 && out.text().empty(), "an error that is not one of usage");
        require(err.text().find('\n') == err.text().size() - 1, "an error that is not one line");
    }
    return arguments;
}

Checkpoint some_checkpoint() {
    Checkpoint checkpoint;
    checkpoint.settings.seed = 7;
    checkpoint.losses = {3, 2};
    return checkpoint;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::istringstream text(std::string(reinterpret_cast<const char*>(data), size));
    std::vector<std::string> words = {"microgpt"};
    for (std::string word; std::getline(text, word);) words.push_back(word);
    std::vector<const char*> argv;
    for (const std::string& word : words) argv.push_back(word.c_str());

    const std::optional<Arguments> arguments = parse(argv, nullptr);
    if (!arguments || arguments->load.empty()) return 0;
    const Checkpoint loaded = some_checkpoint();
    const std::optional<Arguments> again = parse(argv, &loaded);
    require(!again || again->settings.seed == loaded.settings.seed, "another seed than was loaded");
    return 0;
}
