// The command line, by CLI11.
#include "arguments.hpp"

#include <CLI/CLI.hpp>

#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <limits>
#include <sstream>

namespace microgpt {

namespace {

using namespace std::string_view_literals;

constexpr char examples[] = R"(Examples:
  microgpt                                      train on names.txt, then invent 20 names
  microgpt --recipe elixir                      the run in the Elixir program's README
  microgpt --seed 7 --steps 200                 another model, five times sooner
  microgpt --data towns.txt --samples 5         your own text, one document a line
  microgpt --offline                            use the cache or the embedded sample
  microgpt --data names.txt --sha256 0a30…      make sure of its bytes
  microgpt --n-layer 2 --n-embd 32 --n-head 8 --block-size 8
                                                another size of model
  microgpt --learning-rate 0.02                 larger steps
  microgpt --temperature 1 --prompt ma          more daring names that start with ma
  microgpt --log loss.csv --plot loss.svg       keep the losses, and a picture of them
  microgpt --save names.safetensors             keep the model
  microgpt --save m.safetensors --save-every 100
                                                and what there is of it, in case of a crash
  microgpt --load m.safetensors                 go on where it stopped
  microgpt --load m.safetensors --steps 0       invent names at once

Environment:
  MICROGPT_NAMES     a file to train on where --data is not given
  MICROGPT_DATA_URL  where to download names.txt from; its bytes must be the same, or
                     those of --sha256
  https_proxy, no_proxy, CURL_CA_BUNDLE
                     as for curl
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

/// 64 hexadecimal digits, made small.
CLI::Validator digest() {
    const auto check = [](std::string& text) {
        const bool fits = text.size() == 64 &&
                          text.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
        text = CLI::detail::to_lower(text);
        return fits ? "" : "'" + text + "' is not 64 hexadecimal digits";
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

CLI::Option* declare_file(CLI::App& app, const char* flag, std::filesystem::path& file,
                          const char* description) {
    const auto is_name = [](const std::string& text) {
        return text.empty() ? std::string("the name of a file is empty") : std::string();
    };
    return app.add_option(flag, file, description)->type_name("FILE")->check(is_name);
}

/// Every flag, bound to the field it sets.
void declare_all(CLI::App& app, Arguments& arguments) {
    Settings& settings = arguments.settings;
    app.set_version_flag("--version", "microgpt " MICROGPT_VERSION);
    app.footer(examples);
    app.get_formatter()->column_width(34);
    app.option_defaults()->take_last();  // of a flag given twice

    declare_file(app, "--data", arguments.data.file, "Train on this file, one document a line");
    app.add_flag("--offline", arguments.data.offline, "Do not download anything");
    app.add_option("--sha256", arguments.data.sha256, "What the data has to have, as hexadecimal")
        ->transform(digest());
    declare(app, "--recipe", settings.recipe, "Whose random numbers: python's or elixir's")
        ->check(CLI::IsMember({"python", "elixir"}));
    declare(app, "--seed", settings.seed, "Where the random numbers start")
        ->transform(whole(0, std::numeric_limits<std::uint64_t>::max()));
    declare(app, "--steps", settings.steps, "Training steps, a document each")
        ->transform(whole(0, most));
    declare(app, "--n-embd", settings.n_embd, "Width of the model")->transform(whole(1, most));
    declare(app, "--n-head", settings.n_head, "Attention heads; must divide --n-embd")
        ->transform(whole(1, most));
    declare(app, "--n-layer", settings.n_layer, "Transformer blocks")->transform(whole(1, most));
    declare(app, "--block-size", settings.block_size, "Most characters read")
        ->transform(whole(1, most));
    declare(app, "--learning-rate", settings.learning_rate, "Adam's, before decay")
        ->check(number(false));
    declare(app, "--samples", arguments.samples, "How many names to invent")
        ->transform(whole(0, most_samples));
    declare(app, "--temperature", arguments.temperature, "0 is sure of itself, 1 is daring")
        ->check(number(true));
    app.add_option("--prompt", arguments.prompt, "What each name starts with");
    declare_file(app, "--load", arguments.load, "Go on from this checkpoint, with its settings");
    CLI::Option* save =
        declare_file(app, "--save", arguments.save, "Write a checkpoint (safetensors) at the end");
    app.add_option("--save-every", arguments.save_every, "Write one every so many steps, too")
        ->transform(whole(1, most))
        ->needs(save);
    declare_file(app, "--log", arguments.log, "Write every loss to this CSV file");
    declare_file(app, "--plot", arguments.plot, "Draw the losses into this SVG file");
}

[[noreturn]] void refuse(const std::string& flag, const std::string& why) {
    throw CLI::ValidationError(flag, why);
}

/// The file itself, however it is spelled.
std::filesystem::path meant(const std::filesystem::path& file) {
    std::error_code error;
    const std::filesystem::path whole = std::filesystem::absolute(file, error);
    const std::filesystem::path found = std::filesystem::weakly_canonical(whole, error);
    return error ? whole : found;
}

/// A file is for one purpose; only a checkpoint may be read and then replaced.
void check_files(const Arguments& arguments) {
    const char* names = std::getenv("MICROGPT_NAMES");
    const std::pair<const char*, std::filesystem::path> files[] = {
        {"data in MICROGPT_NAMES", names != nullptr ? names : ""},
        {"--data", arguments.data.file},
        {"--load", arguments.load},
        {"--save", arguments.save},
        {"--log", arguments.log},
        {"--plot", arguments.plot},
    };
    for (std::size_t i = 2; i < std::size(files); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const bool both = !files[i].second.empty() && !files[j].second.empty();
            if (!both || meant(files[i].second) != meant(files[j].second)) continue;
            if (files[i].first == "--save"sv && files[j].first == "--load"sv) continue;
            refuse(files[i].first, std::string("is the ") + files[j].first);
        }
    }
}

void check_sizes(const Settings& settings) {
    if (settings.n_embd % settings.n_head == 0) return;
    refuse("--n-embd", std::to_string(settings.n_embd) + " is not a multiple of --n-head " +
                           std::to_string(settings.n_head));
}

/// The number of steps and the learning rate may be others than the checkpoint's. The rest decided
/// the numbers that are in it.
void check_loaded(const Settings& asked, const Checkpoint& loaded) {
    const auto same = [](const char* flag, auto wanted, auto had) {
        std::ostringstream why;
        why << "the checkpoint has " << had << ", not " << wanted << ": leave this flag out";
        if (wanted != had) refuse(flag, why.str());
    };
    const Settings& kept = loaded.settings;
    same("--recipe", asked.recipe, kept.recipe);
    same("--seed", asked.seed, kept.seed);
    same("--n-embd", asked.n_embd, kept.n_embd);
    same("--n-head", asked.n_head, kept.n_head);
    same("--n-layer", asked.n_layer, kept.n_layer);
    same("--block-size", asked.block_size, kept.block_size);
    if (asked.steps != 0 && asked.steps < loaded.losses.size()) {
        refuse("--steps", "the checkpoint has done " + std::to_string(loaded.losses.size()) +
                              " already: ask for more, or for 0 to invent names at once");
    }
}

}  // namespace

std::optional<Arguments> parse_arguments(int argc, const char* const* argv, int& exit_code,
                                         const Checkpoint* loaded) {
    CLI::App app("Trains a GPT on names, one character at a time, and invents new ones.",
                 "microgpt");
    Arguments arguments;
    if (loaded != nullptr) arguments.settings = loaded->settings;
    declare_all(app, arguments);
    try {
        app.parse(argc, argv);
        check_files(arguments);
        if (arguments.load.empty()) check_sizes(arguments.settings);
        if (loaded != nullptr) check_loaded(arguments.settings, *loaded);
        return arguments;
    } catch (const CLI::Success& asked_for) {  // --help, --version
        exit_code = app.exit(asked_for);
    } catch (const CLI::ParseError& error) {
        std::cerr << "microgpt: " << one_line(error.what())
                  << " (microgpt --help lists every flag)\n";
        exit_code = 2;
    }
    return std::nullopt;
}

std::string one_line(std::string text) {
    for (char& c : text) {
        if (std::iscntrl(static_cast<unsigned char>(c)) != 0) c = ' ';
    }
    return text;
}

}  // namespace microgpt
