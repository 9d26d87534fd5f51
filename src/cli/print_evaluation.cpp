// Evaluates, and prints a line for each thing asked.
#include "print_evaluation.hpp"

#include <algorithm>
#include <cstdio>

#include "print_names.hpp"

namespace microgpt {

namespace {

/// A piece at a time, so that a signal does not have to wait for all; and one for each process.
Evaluation evaluated(const Run& run, const EngineChoice& engine, Host& host,
                     std::span<const std::string_view> documents) {
    Evaluation sum;
    while (!documents.empty() && host.interrupted() == 0) {
        std::vector<std::span<const std::string_view>> pieces;
        while (!documents.empty() && pieces.size() < host.size()) {
            pieces.push_back(documents.first(std::min<std::size_t>(documents.size(), 1024)));
            documents = documents.subspan(pieces.back().size());
        }
        for (const Evaluation& one : host.evaluate(run, pieces, side_by_side(run, engine)))
            sum += one;
    }
    return sum;
}

void print_row(const char* what, const Evaluation& evaluation) {
    std::printf("%-16s %9.0f %9.4f %13.4f %11.2f %14.3f\n", what, evaluation.documents,
                evaluation.loss(), evaluation.token_loss(), evaluation.perplexity(),
                evaluation.bits_per_byte());
}

void print_novelty(const Novelty& novelty) {
    const std::size_t in_data = novelty.names - novelty.fresh;
    std::printf("names: %zu | new %zu | in the data %zu, of which read %zu | repeated %zu\n",
                novelty.names, novelty.fresh, in_data, novelty.read, novelty.repeated);
}

}  // namespace

void require_unread(const Run& run, const Arguments& arguments) {
    if (!arguments.evaluate) return;
    const std::size_t steps = std::max<std::size_t>(arguments.settings.steps, run.losses().size());
    if (!spellings_of(run, steps).unread.empty()) return;
    const std::string one = run.settings().stream ? "window" : "spelling";
    throw DataError("--evaluate: after " + std::to_string(steps) + " steps no " + one +
                    " is left that was not read: give it more data, or fewer steps, or keep some "
                    "with --held-out 0.1");
}

void print_evaluation(const Run& run, const Arguments& arguments,
                      const std::vector<std::string>& names, Host& host) {
    const Spellings spellings = spellings_of(run, run.losses().size());
    const Evaluation read = evaluated(run, arguments.engine, host, spellings.read);
    const Evaluation unread = evaluated(run, arguments.engine, host, spellings.unread);
    if (host.interrupted() != 0) return;
    const bool streams = run.settings().stream;
    std::printf("\n--- evaluation ---\n%-16s %9s %9s %13s %11s %14s\n", "loss",
                streams ? "windows" : "spellings", streams ? "by window" : "by name",
                ("by " + run.tokenizer().unit()).c_str(), "perplexity", "bits per byte");
    if (!spellings.read.empty()) print_row("read in training", read);
    print_row(run.settings().held_out > 0 ? "held out" : "never read", unread);
    if (!names.empty() && !streams) print_novelty(novelty(names, spellings));
}

}  // namespace microgpt
