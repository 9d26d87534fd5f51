// The program, from its beginning to its end.
#include "command.hpp"

#include <csignal>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>

#include "download_bar.hpp"
#include "keep.hpp"
#include "microgpt/files/file.hpp"
#include "output.hpp"
#include "parse.hpp"
#include "print_evaluation.hpp"
#include "print_names.hpp"
#include "say.hpp"
#include "train.hpp"

namespace microgpt {

namespace {

// ---- Before training

/// What the first has loaded, for all.
Dataset hand_round(Host& host, const std::function<Dataset()>& load) {
    Dataset dataset;
    dataset.text = host.hand_round([&] {
        dataset = load();
        return std::move(dataset.text);
    });
    dataset.name = host.hand_round([&] { return dataset.name; });
    dataset.note = host.hand_round([&] { return dataset.note; });
    dataset.sha256 = host.hand_round([&] { return dataset.sha256; });
    return dataset;
}

/// The run that is asked for: a new one, or one that goes on.
Run begin(const Arguments& arguments, const std::optional<Checkpoint>& loaded, Host& host) {
    DatasetOptions data = arguments.data;
    data.progress = show_download;
    const EngineKind kind = host.engine(arguments.engine);
    if (!loaded) {
        return {kind, arguments.settings, hand_round(host, [&] { return load_dataset(data); })};
    }
    Run run(kind, *loaded);
    const bool to_train = arguments.settings.steps > run.losses().size();
    if (to_train || arguments.evaluate || !data.file.empty() || !data.sha256.empty()) {
        run.load(hand_round(host, [&] { return load_again(run.data(), data); }));
    }
    return run;
}

/// What can be known before training.
void check_before(const Run& run, const Arguments& arguments, Host& host) {
    try {
        run.encode(arguments.prompt);
    } catch (const DataError& error) {
        throw DataError("--prompt" + std::string(error.what()).substr(10));  // "the prompt"
    }
    require_unread(run, arguments);
    if (!arguments.save.empty()) host.before_saving();
    if (host.is_first()) require_room(run, arguments);
}

void announce(const Run& run) {
    if (!run.notes().empty()) clear_download();  // it may have stopped half-way
    for (const std::string& note : run.notes()) say(note);
    std::printf("num docs: %zu\nvocab size: %u\nnum params: %zu\n", run.num_docs(),
                run.tokenizer().vocab_size(), run.engine().parameters().size());
    if (const auto docs = run.corpus().held_out(); !docs.empty()) {
        const std::size_t count = run.corpus().spellings(0).unread.size();
        std::printf("held out: %zu spellings, %zu docs\n", count, docs.size());
    }
    flush_output();
}

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
int run_program(const Arguments& arguments, std::optional<Checkpoint> loaded, Host& host) {
    Tape tape;
    Run run = begin(arguments, loaded, host);
    loaded.reset();
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
    std::optional<Arguments> arguments = parse_arguments(argc, argv, status);
    if (!arguments) return status;
    std::optional<Checkpoint> loaded;
    if (!arguments->load.empty()) {
        const std::string name = arguments->load;
        const std::string bytes = host.hand_round([&] { return read_file(name); });
        loaded = from_bytes(bytes, name);
        arguments = parse_arguments(argc, argv, status, &*loaded);  // by what it says
        if (!arguments) return status;
        if (arguments->settings.steps != 0) loaded->settings = arguments->settings;
    }
    if (!host.is_first()) {
        arguments->log.clear();
        arguments->plot.clear();
    }
    if (needs_output(*arguments)) reserve_output();
    return run_program(*arguments, std::move(loaded), host);
}

}  // namespace microgpt
