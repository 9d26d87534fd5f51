// The program, from its beginning to its end.
#include "command.hpp"

#include <csignal>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>

#include "begin.hpp"
#include "keep.hpp"
#include "microgpt/files/file.hpp"
#include "output.hpp"
#include "parse.hpp"
#include "print_evaluation.hpp"
#include "print_names.hpp"
#include "say.hpp"
#include "show_tokens.hpp"
#include "train.hpp"

namespace microgpt {

namespace {

// ---- After it

void say_stopped(const Run& run, const Arguments& arguments, std::size_t steps_before) {
    if (run.done()) {
        return say(arguments.evaluate ? "stopped before the evaluation was done"
                                      : "stopped before all names were invented");
    }
    const std::size_t done = run.losses().size();
    if (done == steps_before) return say("stopped before the first step: nothing is written");
    std::string line = "stopped after step " + std::to_string(done) + " of " +
                       std::to_string(run.settings().steps);
    line += arguments.save.empty()  ? "; with --save FILE it could have gone on from there"
            : arguments.save == "-" ? "; what was saved goes on with --load"
                                    : "; go on with --load " + save_file(run, arguments).string();
    say(line);
}

// ---- From the beginning to the end

/// Returns the exit status.
int run_program(const Arguments& arguments, std::optional<Checkpoint> loaded,
                std::optional<StartWeights> weights, Host& host) {
    Tape tape;
    Run run = begin(arguments, loaded, weights, host);
    loaded.reset();
    weights.reset();
    catch_interrupts();
    check_before(run, arguments, host);
    announce(run);
    const std::size_t steps_before = run.losses().size();
    const bool kept = train(run, arguments, host);
    if (host.interrupted() == 0) {
        const std::vector<std::string> names = print_names(run, arguments, host);
        if (arguments.evaluate) print_evaluation(run, arguments, names, host);
    }
    const int signal = host.interrupted();
    if (signal == 0 || (!kept && signal != SIGPIPE)) return kept ? 0 : 1;
    if (kept) say_stopped(run, arguments, steps_before);
    return 128 + signal;
}

bool needs_output(const Arguments& arguments) {
    return arguments.save == "-" || arguments.log == "-" || arguments.plot == "-";
}

}  // namespace

int run_command(int argc, char** argv, Host& host) {
    int status = 0;
    if (argc > 1 && std::string_view(argv[1]) == "tokens") {
        return host.is_first() ? show_tokens(argc - 1, argv + 1) : 0;
    }
    std::optional<Arguments> arguments = parse_arguments(argc, argv, status);
    if (!arguments) return status;
    std::optional<Checkpoint> loaded;
    if (!arguments->load.empty()) {
        const std::string name = arguments->load;
        const std::string bytes = host.broadcast([&] { return read_file(name); });
        loaded = from_bytes(bytes, name);
        arguments = parse_arguments(argc, argv, status, &*loaded);  // by what it says
        if (!arguments) return status;
        if (arguments->settings.steps != 0) loaded->settings = arguments->settings;
    }
    std::optional<StartWeights> weights;
    if (!arguments->weights.empty()) {
        const std::string name = arguments->weights;
        weights = read_start_weights(host.broadcast([&] { return read_file(name); }), called(name));
        arguments = parse_arguments(argc, argv, status, nullptr, &*weights);
        if (!arguments) return status;
    }
    if (!host.is_first()) {
        arguments->log.clear();
        arguments->plot.clear();
    }
    if (needs_output(*arguments)) reserve_output();
    return run_program(*arguments, std::move(loaded), std::move(weights), host);
}

}  // namespace microgpt
