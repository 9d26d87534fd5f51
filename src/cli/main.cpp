// The microgpt program: trains a GPT and lets it invent names.
#include <cmath>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "arguments.hpp"
#include "microgpt/file.hpp"
#include "microgpt/microgpt.hpp"
#include "plot/chart.hpp"
#include "plot/progress.hpp"
#include "plot/terminal.hpp"

namespace {

using namespace microgpt;

void print_step(Index step, Index steps, double loss) {
    std::printf("step %4u / %4u | loss %.4f\n", step + 1, steps, loss);
}

/// Better refused now than after the training.
void check_prompt(const Tokenizer& tokenizer, const Arguments& arguments) try {
    encode_prompt(tokenizer, arguments.options.block_size, arguments.prompt);
} catch (const DataError& error) {
    throw DataError(std::string("--prompt: ") + error.what());
}

/// On a terminal a bar, with the first and the last step's lines left standing; elsewhere a line
/// for every step, as both references print them.
Trained train(const Arguments& arguments) {
    Options options = arguments.options;
    const bool terminal = plot::is_terminal(stdout);
    plot::ProgressBar bar(options.steps);
    options.on_start = [&](const Summary& summary) {
        check_prompt(summary.tokenizer, arguments);
        if (!summary.note.empty()) plot::clear_download();  // it may have stopped half-way
        if (!summary.note.empty()) std::fprintf(stderr, "microgpt: %s\n", summary.note.c_str());
        std::printf("num docs: %zu\nvocab size: %u\nnum params: %u\n", summary.num_docs,
                    summary.tokenizer.vocab_size(), summary.num_params);
    };
    options.on_step = [&](Index step, double loss) {
        const bool last = step + 1 == options.steps;
        if (terminal && last) plot::ProgressBar::clear();
        if (!terminal || step == 0 || last) print_step(step, options.steps, loss);
        if (terminal && !last) bar.step(step, loss);
    };
    options.data.progress = plot::show_download;
    return run(options);
}

void write_log(const std::filesystem::path& file, const std::vector<double>& losses) {
    std::string csv = "step,loss\n";
    for (std::size_t i = 0; i < losses.size(); ++i) {
        char line[64];
        std::snprintf(line, sizeof line, "%zu,%.17g\n", i + 1, losses[i]);
        csv += line;
    }
    write_file(file, csv);
}

/// The losses, beside that of a guess among the tokens.
void write_plot(const std::filesystem::path& file, const std::vector<double>& losses,
                Index vocab_size) {
    const plot::ChartLabels labels = {"Loss while training", "The loss of each step.", "step",
                                      "loss"};
    const plot::Reference guess = {std::log(vocab_size), "log " + std::to_string(vocab_size)};
    write_file(file, plot::line_chart(labels, {{"loss", losses}}, guess));
}

void run_program(const Arguments& arguments) {
    for (const auto& file : {arguments.log, arguments.plot}) {
        if (!file.empty()) require_writable(file);
    }
    Tape tape;
    Trained trained = train(arguments);
    if (!arguments.log.empty()) write_log(arguments.log, trained.losses);
    if (!arguments.plot.empty()) {
        write_plot(arguments.plot, trained.losses, trained.tokenizer.vocab_size());
    }

    std::printf("\n--- inference (new, hallucinated names) ---\n");
    for (int i = 0; i < arguments.samples; ++i) {
        const std::vector<std::string> name =
            generate(trained.model, trained.tokenizer, 1, arguments.temperature, arguments.prompt);
        std::printf("sample %2d: %s\n", i + 1, name.front().c_str());
    }
}

}  // namespace

int main(int argc, char** argv) {
    int exit_code = 0;
    const auto arguments = parse_arguments(argc, argv, exit_code);
    if (!arguments) return exit_code;
    try {
        run_program(*arguments);
        if (std::fflush(stdout) != 0) throw FileError("cannot write the output: is the disk full?");
    } catch (const std::exception& error) {
        std::fflush(stdout);
        std::fprintf(stderr, "microgpt: %s\n", error.what());
        return 1;
    }
    return 0;
}
