// Parsing, by CLI11.
#include "parse.hpp"

#include <iostream>
#include <limits>

#include "check_together.hpp"
#include "microgpt/version.hpp"
#include "one_line.hpp"
#include "validators.hpp"

namespace microgpt {

namespace {

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
  microgpt --batch 16 --threads 2               sixteen documents a step, shared by two threads
  microgpt --dtype f32 --samples 100000         single precision, and names by the thousand
  microgpt --engine value                       chapters 1 to 7 at work
  microgpt --temperature 1 --prompt ma          more daring names that start with ma
  microgpt --log loss.csv --plot loss.svg       keep the losses, and a picture of them
  microgpt --save names.safetensors             keep the model
  microgpt --save m.safetensors --save-every 100
                                                and what there is of it, in case of a crash
  microgpt --save - > m.safetensors             a model, a log or a plot by standard output
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

constexpr Index most = std::numeric_limits<Index>::max();
constexpr Index most_batch = 1 << 20;
constexpr Index most_threads = 1024;
constexpr Index most_samples = std::numeric_limits<int>::max();

/// An option whose default is shown by --help.
template <class T>
CLI::Option* declare(CLI::App& app, const char* flag, T& field, const char* description) {
    return app.add_option(flag, field, description)->capture_default_str();
}

CLI::Option* declare_file(CLI::App& app, const char* flag, std::filesystem::path& file,
                          const char* description, const CLI::Validator& name = file_name()) {
    return app.add_option(flag, file, description)->type_name("FILE")->transform(name);
}

/// Every flag, bound to the field it sets.
void declare_all(CLI::App& app, Arguments& arguments) {
    Settings& settings = arguments.settings;
    app.set_version_flag("--version", "microgpt " + std::string(version))->disable_flag_override();
    app.get_help_ptr()->disable_flag_override();  // as --help=3 is, and --offline=false
    app.footer(examples);
    app.get_formatter()->column_width(34);
    app.option_defaults()->take_last();  // of a flag given twice, until that is refused
    app.allow_extras();                  // so are words that belong to no flag

    declare_file(app, "--data", arguments.data.file,
                 "Train on this file, one document a line; - is standard input", input_name());
    app.add_flag("--offline", arguments.data.offline, "Do not download anything")
        ->disable_flag_override();
    app.add_option("--sha256", arguments.data.sha256, "What the data has to have, as hexadecimal")
        ->transform(digest());
    declare(app, "--recipe", settings.recipe, "Whose random numbers: python's or elixir's")
        ->check(one_of({"python", "elixir"}));
    declare(app, "--seed", settings.seed, "Where the random numbers start")
        ->transform(whole(0, std::numeric_limits<std::uint64_t>::max()));
    declare(app, "--steps", settings.steps, "Training steps")->transform(whole(0, most));
    declare(app, "--n-embd", settings.n_embd, "Width of the model")->transform(whole(1, most));
    declare(app, "--n-head", settings.n_head, "Attention heads; must divide --n-embd")
        ->transform(whole(1, most));
    declare(app, "--n-layer", settings.n_layer, "Transformer blocks")->transform(whole(1, most));
    declare(app, "--block-size", settings.block_size, "Most characters read")
        ->transform(whole(1, most));
    declare(app, "--batch", settings.batch, "Documents a step; the mean of their gradients counts")
        ->transform(whole(1, most_batch));
    declare(app, "--learning-rate", settings.learning_rate, "Adam's, before decay")
        ->transform(number(false));
    declare(app, "--samples", arguments.samples, "How many names to invent")
        ->transform(whole(0, most_samples));
    declare(app, "--temperature", arguments.temperature, "0 is sure of itself, 1 is daring")
        ->transform(number(true));
    declare(app, "--engine", arguments.engine.name, "What computes: each is faster than the last")
        ->check(one_of(engine_names));
    declare(app, "--dtype", arguments.engine.dtype, "f32 is faster; the last digit may differ")
        ->check(one_of({"f64", "f32"}));
    declare(app, "--threads", arguments.engine.threads,
            "How many share a step; the result is the same")
        ->transform(whole(1, most_threads));
    app.add_option("--prompt", arguments.prompt, "What each name starts with");
    declare_file(app, "--load", arguments.load, "Go on from this checkpoint, with its settings",
                 input_name());
    declare_file(app, "--save", arguments.save, "Write a checkpoint (safetensors) at the end");
    app.add_option("--save-every", arguments.save_every, "Write one every so many steps, too")
        ->transform(whole(1, most));
    declare_file(app, "--log", arguments.log, "Write every loss to this CSV file");
    declare_file(app, "--plot", arguments.plot, "Draw the losses into this SVG file");
}

/// What CLI11 lets pass, or answers otherwise from version to version.
void check_words(const CLI::App& app) {
    for (const std::string& word : app.remaining()) {
        if (word == "--") continue;  // no flags come after it
        const std::string stray = "'" + word + "' belongs to no flag";
        throw CLI::ValidationError(word[0] == '-' ? "there is no flag " + word : stray);
    }
    for (const CLI::Option* option : app.get_options()) {
        if (option->count() < 2) continue;
        throw CLI::ValidationError(option->get_name(), "is given twice: leave one of them out");
    }
}

std::string words_of(const CLI::ParseError& error) {
    std::string words = one_line(error.what());
    if (dynamic_cast<const CLI::ValidationError*>(&error) != nullptr) return words;  // ours
    for (const std::string flag : {"offline", "help", "version"})
        if (words.find(flag) != std::string::npos) return "--" + flag + " takes no value";
    return words.substr(0, words.find(':')) + ": its value is missing";
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
        check_words(app);
        check_together(arguments, loaded);
        return arguments;
    } catch (const CLI::Success& asked_for) {  // --help, --version
        const bool for_help = dynamic_cast<const CLI::CallForHelp*>(&asked_for) != nullptr;
        std::cout << (for_help ? app.help() : asked_for.what() + std::string("\n"));
    } catch (const CLI::ParseError& error) {
        std::cerr << "microgpt: " << words_of(error) << " (microgpt --help lists every flag)\n";
        exit_code = 2;
    }
    return std::nullopt;
}

}  // namespace microgpt
