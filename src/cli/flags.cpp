// Flags: each bound to the field it sets.
#include "flags.hpp"

#include <CLI/CLI.hpp>
#include <limits>

#include "help.hpp"
#include "microgpt/version.hpp"
#include "validators.hpp"

namespace microgpt {

namespace {

constexpr Index most = std::numeric_limits<Index>::max();
constexpr Index most_batch = 1 << 20;
constexpr Index most_threads = 1024;
constexpr Index most_samples = std::numeric_limits<int>::max();

/// An option that has no default to show.
template <class T>
CLI::Option* declare_unset(CLI::App& app, const char* flag, T& field, const char* description,
                           const Validator& value) {
    return app.add_option(flag, field, description)
        ->transform(CLI::Validator(value.wrong_with, value.words));
}

/// An option whose default is shown by --help.
template <class T>
void declare(CLI::App& app, const char* flag, T& field, const char* description,
             const Validator& value) {
    declare_unset(app, flag, field, description, value)->capture_default_str();
}

void declare_file(CLI::App& app, const char* flag, std::filesystem::path& file,
                  const char* description, const Validator& name = file_name()) {
    declare_unset(app, flag, file, description, name)->type_name("FILE");
}

}  // namespace

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
    declare_unset(app, "--sha256", arguments.data.sha256,
                  "What the data has to have, as hexadecimal", digest());
    declare(app, "--recipe", settings.recipe, "Whose random numbers: python's or elixir's",
            one_of({"python", "elixir"}));
    declare(app, "--seed", settings.seed, "Where the random numbers start",
            whole(0, std::numeric_limits<std::uint64_t>::max()));
    declare(app, "--steps", settings.steps, "Training steps", whole(0, most));
    declare(app, "--n-embd", settings.n_embd, "Width of the model", whole(1, most));
    declare(app, "--n-head", settings.n_head, "Attention heads; must divide --n-embd",
            whole(1, most));
    declare(app, "--n-layer", settings.n_layer, "Transformer blocks", whole(1, most));
    declare(app, "--block-size", settings.block_size, "Most characters read", whole(1, most));
    declare(app, "--batch", settings.batch, "Documents a step; the mean of their gradients counts",
            whole(1, most_batch));
    declare(app, "--learning-rate", settings.learning_rate, "Adam's, before decay", number(false));
    declare(app, "--held-out", settings.held_out, "Share of the spellings kept from the training",
            number(true));
    declare(app, "--tokens", settings.tokens,
            "Pieces of words to learn and read, 256 or more; 0 is characters", whole(0, most));
    app.add_flag("--stream", settings.stream,
                 "Read the data as one text, block-size tokens at a time")
        ->disable_flag_override();
    app.add_flag("--evaluate", arguments.evaluate,
                 "Tell at the end how good it is, and how new its names are")
        ->disable_flag_override();
    declare(app, "--samples", arguments.samples, "How many names to invent",
            whole(0, most_samples));
    declare(app, "--temperature", arguments.temperature, "0 is sure of itself, 1 is daring",
            number(true));
    declare(app, "--top-k", arguments.top_k, "Draw from so many of the likeliest alone; 0 is all",
            whole(0, most));
    declare(app, "--top-p", arguments.top_p,
            "Draw from the likeliest that have this share; 0 is all", number(true));
    declare_unset(app, "--sample-seed", arguments.sample_seed, "Other names from the same model",
                  whole(0, std::numeric_limits<std::uint64_t>::max()));
    declare(app, "--engine", arguments.engine.name, "What computes: each is faster than the last",
            one_of(engine_names));
    declare(app, "--dtype", arguments.engine.dtype, "f32 is faster; the last digit may differ",
            one_of({"f64", "f32"}));
    declare(app, "--threads", arguments.engine.threads,
            "How many share a step; the result is the same", whole(1, most_threads));
    app.add_option("--prompt", arguments.prompt, "What each name starts with");
    declare_file(app, "--weights", arguments.weights,
                 "Begin with the matrices of this safetensors file, and its sizes", input_name());
    declare_file(app, "--load", arguments.load, "Go on from this checkpoint, with its settings",
                 input_name());
    declare_file(app, "--save", arguments.save,
                 "Write a checkpoint (safetensors) at the end; {step} is its step");
    declare_unset(app, "--save-every", arguments.save_every, "Write one every so many steps, too",
                  whole(1, most));
    declare_file(app, "--log", arguments.log, "Write every loss to this CSV file");
    declare_file(app, "--plot", arguments.plot, "Draw the losses into this SVG file");
}

}  // namespace microgpt
