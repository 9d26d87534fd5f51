// The microgpt program: trains a GPT and lets it invent names.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "begin.hpp"
#include "interrupt.hpp"
#include "keep.hpp"
#include "microgpt/files/file.hpp"
#include "output.hpp"
#include "parse.hpp"
#include "print_evaluation.hpp"
#include "print_names.hpp"
#include "say.hpp"
#include "show_tokens.hpp"
#include "train.hpp"

namespace {

using namespace microgpt;

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

// ---- The program from its beginning to its end

/// Returns the exit status.
int run_program(const Arguments& arguments, const Checkpoint* loaded, const StartWeights* weights) {
    Tape tape;
    Run run = begin(arguments, loaded, weights);
    catch_interrupts();
    check_before(run, arguments);
    announce(run);
    const std::size_t steps_before = run.losses().size();
    const bool kept = train(run, arguments);
    if (interrupted() == 0) {
        const std::vector<std::string> names = print_names(run, arguments);
        if (arguments.evaluate) print_evaluation(run, arguments, names);
    }
    const int signal = interrupted();
    if (signal == 0 || (!kept && signal != SIGPIPE)) return kept ? 0 : 1;
    if (kept) say_stopped(run, arguments, steps_before);
    return 128 + signal;
}

/// Some destructors of libraries ask for memory, and where there is none they end the program.
[[noreturn]] void give_up() noexcept try {
    if (const auto error = std::current_exception()) std::rethrow_exception(error);
    std::abort();
} catch (const std::bad_alloc& error) {
    say(error);
    std::_Exit(1);
} catch (...) {
    std::abort();
}

bool needs_output(const Arguments& arguments) {
    return arguments.save == "-" || arguments.log == "-" || arguments.plot == "-";
}

/// Returns the exit status.
int run_command(int argc, char** argv) {
    int status = 0;
    if (argc > 1 && std::string_view(argv[1]) == "tokens") return show_tokens(argc - 1, argv + 1);
    std::optional<Arguments> arguments = parse_arguments(argc, argv, status);
    if (!arguments) return status;
    std::optional<Checkpoint> loaded;
    if (!arguments->load.empty()) {
        loaded = load_checkpoint(arguments->load);
        arguments = parse_arguments(argc, argv, status, &*loaded);  // by what it says
        if (!arguments) return status;
        if (arguments->settings.steps != 0) loaded->settings = arguments->settings;
    }
    std::optional<StartWeights> weights;
    if (!arguments->weights.empty()) {
        weights = read_start_weights(read_file(arguments->weights), called(arguments->weights));
        arguments = parse_arguments(argc, argv, status, nullptr, with_sizes({}, *weights));
        if (!arguments) return status;
    }
    if (needs_output(*arguments)) reserve_output();
    return run_program(*arguments, loaded ? &*loaded : nullptr, weights ? &*weights : nullptr);
}

}  // namespace

int main(int argc, char** argv) try {
    std::set_terminate(give_up);
    std::signal(SIGXFSZ, SIG_IGN);  // a file that grows too large is an error like a full disk
    require_standard_streams();
    const int status = run_command(argc, argv);
    if (status == 0) finish_output();
    return status;
} catch (const std::exception& error) {
    microgpt::say(error);
    return 1;
}
