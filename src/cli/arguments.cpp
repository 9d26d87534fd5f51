// The command line, by CLI11.
#include "arguments.hpp"

#include <CLI/CLI.hpp>

#include <charconv>
#include <cmath>
#include <iostream>
#include <limits>

namespace microgpt {

namespace {

constexpr char examples[] = R"(Examples:
  microgpt                                      train on names.txt, then invent 20 names
  microgpt --recipe elixir                      the run in the Elixir program's README
  microgpt --seed 7 --steps 200                 another model, five times sooner
  microgpt --data towns.txt --samples 5         your own text, one document a line
  microgpt --offline                            use the cache or the embedded sample
  microgpt --n-layer 2 --n-embd 32 --n-head 8 --block-size 8
                                                another size of model
  microgpt --learning-rate 0.02                 larger steps
  microgpt --temperature 1 --prompt ma          more daring names that start with ma
  microgpt --log loss.csv --plot loss.svg       keep the losses, and a picture of them

Environment:
  MICROGPT_NAMES     a file to train on where --data is not given
  MICROGPT_DATA_URL  where to download names.txt from
  XDG_CACHE_HOME     the folder whose microgpt/ keeps it; ~/.cache if not set
)";

/// Whole numbers, from the smallest to the largest. CLI11 would let a minus sign or too many digits
/// wrap around, and read 010 as eight.
CLI::Validator whole(std::uint64_t least, std::uint64_t most) {
    const std::string range = std::to_string(least) + " to " + std::to_string(most);
    const auto check = [=](std::string& text) {
        std::uint64_t number = 0;
        const char* end = text.data() + text.size();
        const auto [stopped, error] = std::from_chars(text.data(), end, number);
        const bool fits =
            error == std::errc() && stopped == end && least <= number && number <= most;
        if (!fits) return "'" + text + "' is not a whole number from " + range;
        text = std::to_string(number);
        return std::string();
    };
    return CLI::Validator(check, "");
}

/// Finite numbers of 0 or more; or, if zero does not make sense, above it.
CLI::Validator number(bool zero_makes_sense) {
    const auto check = [=](const std::string& text) {
        double value = 0;
        const bool is_number = CLI::detail::lexical_cast(text, value) && std::isfinite(value);
        const bool fits = is_number && (value > 0 || (zero_makes_sense && value == 0));
        const char* range = zero_makes_sense ? "of 0 or more" : "above 0";
        return fits ? "" : "'" + text + "' is not a finite number " + range;
    };
    return CLI::Validator(check, "");
}

constexpr Index most = std::numeric_limits<Index>::max();
constexpr Index most_samples = std::numeric_limits<int>::max();

/// An option whose default is shown by --help.
template <class T>
CLI::Option* declare(CLI::App& app, const char* flag, T& field, const char* description) {
    return app.add_option(flag, field, description)->capture_default_str();
}

/// Every flag, bound to the field it sets.
void declare_all(CLI::App& app, Arguments& arguments) {
    Options& run = arguments.options;
    app.set_version_flag("--version", "microgpt " MICROGPT_VERSION);
    app.footer(examples);
    app.get_formatter()->column_width(34);
    app.option_defaults()->take_last();  // of a flag given twice

    app.add_option("--data", run.data.file, "Train on this file, one document a line")
        ->type_name("FILE");
    app.add_flag("--offline", run.data.offline, "Do not download anything");
    declare(app, "--recipe", run.recipe, "Whose random numbers: python's or elixir's")
        ->check(CLI::IsMember({"python", "elixir"}));
    declare(app, "--seed", run.seed, "Where the random numbers start")
        ->transform(whole(0, std::numeric_limits<std::uint64_t>::max()));
    declare(app, "--steps", run.steps, "Training steps, a document each")
        ->transform(whole(0, most));
    declare(app, "--n-embd", run.n_embd, "Width of the model")->transform(whole(1, most));
    declare(app, "--n-head", run.n_head, "Attention heads; must divide --n-embd")
        ->transform(whole(1, most));
    declare(app, "--n-layer", run.n_layer, "Transformer blocks")->transform(whole(1, most));
    declare(app, "--block-size", run.block_size, "Most characters read")->transform(whole(1, most));
    declare(app, "--learning-rate", run.learning_rate, "Adam's, before decay")
        ->check(number(false));
    declare(app, "--samples", arguments.samples, "How many names to invent")
        ->transform(whole(0, most_samples));
    declare(app, "--temperature", arguments.temperature, "0 is sure of itself, 1 is daring")
        ->check(number(true));
    app.add_option("--prompt", arguments.prompt, "What each name starts with");
    app.add_option("--log", arguments.log, "Write every loss to this CSV file")->type_name("FILE");
    app.add_option("--plot", arguments.plot, "Draw the losses into this SVG file")
        ->type_name("FILE");
}

/// What no single flag can know.
void check_together(const Arguments& arguments) {
    const Options& options = arguments.options;
    const auto same = [](const std::filesystem::path& a, const std::filesystem::path& b) {
        return !a.empty() && a.lexically_normal() == b.lexically_normal();
    };
    if (same(arguments.log, arguments.plot)) throw CLI::ValidationError("--plot", "is the --log");
    if (same(arguments.log, options.data.file))
        throw CLI::ValidationError("--log", "is the --data");
    if (same(arguments.plot, options.data.file)) {
        throw CLI::ValidationError("--plot", "is the --data");
    }
    if (options.n_embd % options.n_head != 0) {
        throw CLI::ValidationError("--n-embd", std::to_string(options.n_embd) +
                                                   " is not a multiple of --n-head " +
                                                   std::to_string(options.n_head));
    }
}

}  // namespace

std::optional<Arguments> parse_arguments(int argc, char** argv, int& exit_code) {
    CLI::App app("Trains a GPT on names, one character at a time, and invents new ones.",
                 "microgpt");
    Arguments arguments;
    declare_all(app, arguments);
    try {
        app.parse(argc, argv);
        check_together(arguments);
        return arguments;
    } catch (const CLI::Success& asked_for) {  // --help, --version
        exit_code = app.exit(asked_for);
    } catch (const CLI::ParseError& error) {
        std::cerr << "microgpt: " << error.what() << " (microgpt --help lists every flag)\n";
        exit_code = 2;
    }
    return std::nullopt;
}

}  // namespace microgpt
