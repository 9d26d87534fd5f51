// Keeping what was done, in files that are whole or not there.
#include "keep.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <memory>
#include <new>

#include "microgpt/files/save.hpp"
#include "output.hpp"
#include "pipe.hpp"
#include "plot/chart.hpp"
#include "plot/labels.hpp"
#include "say.hpp"

namespace microgpt {

namespace {

/// Set aside before training, which may use up the rest.
std::unique_ptr<char[]> reserve;

void set_aside(std::size_t bytes) { reserve.reset(new (std::nothrow) char[bytes]); }

/// Does it a second time with what was set aside, if memory runs out at the first. A library may
/// not say that it was for that.
void with_reserve(const std::function<void()>& keep) try { keep(); } catch (const FileError&) {
    throw;
} catch (const NumberError&) {
    throw;
} catch (const std::exception&) {
    reserve.reset();
    keep();
}

/// Whether it could be done; if not, that has been said. What is trained is worth more than what
/// went wrong beside it.
bool succeeds(const std::function<void()>& keep) try {
    with_reserve(keep);
    return true;
} catch (const std::exception& error) {
    say(error);
    return false;
}

void write(const std::filesystem::path& file, std::string_view bytes) {
    flush_output();
    std::error_code ignored;
    if (file == "-") return write_output(bytes);
    if (!std::filesystem::is_fifo(file, ignored)) return write_file(file, bytes);
    write_open_file(open_pipe(file), file, bytes);
}

void write_log(const std::filesystem::path& file, const std::vector<double>& losses) {
    std::string csv = "step,loss\n";
    for (std::size_t i = 0; i < losses.size(); ++i) {
        char line[64];
        std::snprintf(line, sizeof line, "%zu,%.17g\n", i + 1, losses[i]);
        csv += line;
    }
    write(file, csv);
}

/// The losses, beside that of a guess among the tokens.
void write_plot(const std::filesystem::path& file, const std::vector<double>& losses,
                Index vocab_size) {
    const plot::Reference guess = {std::log(vocab_size), "log " + std::to_string(vocab_size)};
    std::string seen = "The loss of each step";
    if (!losses.empty()) {
        seen += ": the first is " + plot::fixed_number(losses.front(), 2) + ", where a guess has " +
                plot::fixed_number(guess.y, 2) + ", and the mean of the last hundred ends at " +
                plot::fixed_number(plot::running_mean(losses).back(), 2);
    }
    const plot::ChartLabels labels = {"Loss while training", seen + ".", "step", "loss"};
    write(file, plot::line_chart(labels, {{"loss", losses}}, guess));
}

}  // namespace

void require_room(const Run& run, const Arguments& arguments) {
    constexpr std::uint64_t most = 1 << 24;  // of what is not known yet, no more is tried than that
    const auto losses = [&](std::uint64_t size) {
        return std::min(run.settings().steps * size, most);
    };
    const auto require = [&](const std::filesystem::path& file, std::uint64_t size) {
        if (file == arguments.save && file != "-") require_no_terminal(file);
        if (file == "-") return require_output(file != arguments.save);
        if (!file.empty()) require_writable(file, size);
    };
    const bool saves = !arguments.save.empty();
    const std::uint64_t size = saves ? to_bytes(run.checkpoint()).size() + losses(8) : 0;
    require(milestone(arguments.save, run.settings().steps), size);
    require(arguments.log, losses(32));
    require(arguments.plot, losses(8));
    set_aside(4 * size + losses(64));  // a checkpoint, its tensors, its bytes, and as many again
}

bool keep_figures(const Run& run, const Arguments& arguments) {
    const auto log = [&] { write_log(arguments.log, run.losses()); };
    const auto plot = [&] {
        write_plot(arguments.plot, run.losses(), run.tokenizer().vocab_size());
    };
    const bool logged = arguments.log.empty() || succeeds(log);
    const bool plotted = arguments.plot.empty() || succeeds(plot);
    return logged && plotted;
}

std::filesystem::path save_file(const Run& run, const Arguments& arguments) {
    return milestone(arguments.save, static_cast<Index>(run.losses().size()));
}

bool keep_model(const Run& run, const Arguments& arguments) {
    const auto save = [&] { write(save_file(run, arguments), to_bytes(run.checkpoint())); };
    return arguments.save.empty() || succeeds(save);
}

}  // namespace microgpt
