// The microgpt program: trains a GPT and lets it invent names.
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "arguments.hpp"
#include "download_bar.hpp"
#include "interrupt.hpp"
#include "keep.hpp"
#include "microgpt/files/file.hpp"
#include "microgpt/microgpt.hpp"
#include "plot/progress.hpp"
#include "plot/terminal.hpp"

namespace {

using namespace microgpt;

// ---- What can be known before training

void check_before(const Run& run, const Arguments& arguments) {
    try {
        run.encode(arguments.prompt);
    } catch (const DataError& error) {
        throw DataError(std::string("--prompt: ") + error.what());
    }
    require_room(run, arguments);
}

// ---- The two halves of the program

void print_step(Index step, Index steps, double loss) {
    std::printf("step %4u / %4u | loss %.4f\n", step, steps, loss);
}

/// On a terminal a bar, with the first and the last step's lines left standing; elsewhere a line
/// for every step, as both references print them. Ends early when it is interrupted.
void train(Run& run, const Arguments& arguments) {
    const bool terminal = plot::is_terminal(stdout);
    const Index steps = run.settings().steps;
    plot::ProgressBar bar(steps);
    bool first = true;
    bool saves = arguments.save_every != 0;  // until it fails once: the last one may do better
    while (!run.done() && interrupted() == 0) {
        const double loss = run.step();
        const Index done = static_cast<Index>(run.losses().size());
        const bool bar_moves = terminal && !run.done() && interrupted() == 0;
        if (terminal && !first && !bar_moves) plot::ProgressBar::clear();
        if (!terminal || first || run.done()) print_step(done, steps, loss);
        if (bar_moves) bar.step(done - 1, loss);
        if (saves && done % arguments.save_every == 0 && !run.done()) {
            saves = keep_model(run, arguments);
        }
        first = false;
    }
}

/// One after the other, as both references do; or, where that would take long, side by side.
void invent(Run& run, const Arguments& arguments) {
    std::printf("\n--- inference (new, hallucinated names) ---\n");
    const bool many = arguments.samples > 1000 && arguments.engine.name == "fast";
    const int at_once = many ? 1024 : 1;
    const auto [vocab_size, n_layer, n_embd, n_head, block_size] = run.engine().config();
    const double cache = 16.0 * n_layer * n_embd * block_size;  // bytes, of a document
    const double places = many ? std::clamp(1e9 / cache, 1.0, 64.0) : 1;
    for (int i = 0; i < arguments.samples && interrupted() == 0;) {
        const auto count = static_cast<std::size_t>(std::min(at_once, arguments.samples - i));
        const std::vector<std::string> names =
            run.generate({.count = count,
                          .temperature = arguments.temperature,
                          .prompt = arguments.prompt,
                          .side_by_side = static_cast<std::size_t>(places)});
        for (const std::string& name : names) {
            if (interrupted() != 0) break;
            std::printf("sample %2d: %s\n", ++i, name.c_str());
        }
    }
}

void say_stopped(const Run& run, const Arguments& arguments) {
    if (run.done()) return say("stopped before all names were invented");
    std::string line = "stopped after step " + std::to_string(run.losses().size()) + " of " +
                       std::to_string(run.settings().steps);
    line += arguments.save.empty() ? "; with --save FILE it could have gone on from there"
                                   : "; go on with --load " + arguments.save.string();
    say(line);
}

/// Returns the exit status.
int run_program(const Arguments& arguments, const Checkpoint* loaded) {
    Tape tape;
    DatasetOptions data = arguments.data;
    data.progress = show_download;
    const EngineKind kind = engine_kind(arguments.engine);
    Run run = loaded != nullptr ? Run(kind, *loaded) : Run(kind, arguments.settings, data);
    const bool to_train = arguments.settings.steps > run.losses().size();
    const bool to_load = to_train || !data.file.empty() || !data.sha256.empty();
    if (loaded != nullptr && to_load) run.load(data);
    catch_interrupts();
    check_before(run, arguments);
    if (!run.notes().empty()) clear_download();  // it may have stopped half-way
    for (const std::string& note : run.notes()) say(note);
    std::printf("num docs: %zu\nvocab size: %u\nnum params: %zu\n", run.num_docs(),
                run.tokenizer().vocab_size(), run.engine().parameters().size());
    try {
        if (to_train) train(run, arguments);
    } catch (const NumberError&) {  // what is saved already may be better than this
        keep_figures(run, arguments);
        throw;
    } catch (const std::exception&) {
        keep_model(run, arguments);
        keep_figures(run, arguments);
        throw;
    }
    const bool saved = keep_model(run, arguments);
    const bool kept = keep_figures(run, arguments) && saved;
    if (interrupted() == 0) invent(run, arguments);
    if (interrupted() == 0 || !kept) return kept ? 0 : 1;
    say_stopped(run, arguments);
    return 128 + interrupted();
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGXFSZ, SIG_IGN);  // a file that grows too large is an error like a full disk
    int status = 0;
    std::optional<Arguments> arguments = parse_arguments(argc, argv, status);
    if (!arguments) return status;
    try {
        std::optional<Checkpoint> loaded;
        if (!arguments->load.empty()) {
            loaded = load_checkpoint(arguments->load);
            arguments = parse_arguments(argc, argv, status, &*loaded);
            if (!arguments) return status;
            if (arguments->settings.steps != 0) loaded->settings = arguments->settings;
        }
        status = run_program(*arguments, loaded ? &*loaded : nullptr);
        if (std::fflush(stdout) != 0 && status == 0) {
            throw FileError("cannot write the output: is the disk full?");
        }
        return status;
    } catch (const std::bad_alloc&) {
        say("there is not enough memory: choose a smaller model, or less data");
    } catch (const std::exception& error) {
        say(error.what());
    }
    return 1;
}
