// Beginning: a new run, one that goes on, or one that begins where another model ended.
#include "begin.hpp"

#include <cstdio>
#include <functional>
#include <string>
#include <utility>

#include "download_bar.hpp"
#include "keep.hpp"
#include "microgpt/tokens/piece_vocabulary.hpp"
#include "output.hpp"
#include "print_evaluation.hpp"
#include "say.hpp"

namespace microgpt {

namespace {

/// What the first has loaded, for all.
Dataset broadcast(Host& host, const std::function<Dataset()>& load) {
    Dataset dataset;
    dataset.text = host.broadcast([&] {
        dataset = load();
        return std::move(dataset.text);
    });
    dataset.name = host.broadcast([&] { return dataset.name; });
    dataset.note = host.broadcast([&] { return dataset.note; });
    dataset.sha256 = host.broadcast([&] { return dataset.sha256; });
    return dataset;
}

}  // namespace

Run begin(const Arguments& arguments, const std::optional<Checkpoint>& loaded,
          const std::optional<StartWeights>& weights, Host& host) {
    DatasetOptions data = arguments.data;
    data.progress = show_download;
    const EngineKind kind = host.engine(arguments.engine);
    VocabularyKind tokens = pieces_or_characters();
    if (!loaded) {
        if (weights) tokens = tokens_for(*weights, tokens);
        Run run(kind, arguments.settings, broadcast(host, [&] { return load_dataset(data); }),
                tokens);
        if (weights) begin_with(run, *weights);
        return run;
    }
    Run run(kind, *loaded, tokens);
    const bool to_train = arguments.settings.steps > run.losses().size();
    if (to_train || arguments.evaluate || !data.file.empty() || !data.sha256.empty()) {
        run.load(broadcast(host, [&] { return load_again(run.data(), data); }));
    }
    return run;
}

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
    const bool streams = run.settings().stream;
    std::printf("num %s: %zu\nvocab size: %u\nnum params: %zu\n", streams ? "windows" : "docs",
                run.num_docs(), run.tokenizer().vocab_size(), run.engine().parameters().size());
    const auto docs = run.corpus().held_out();
    if (streams && !docs.empty()) std::printf("held out: %zu windows\n", docs.size());
    if (!streams && !docs.empty()) {
        const std::size_t count = run.corpus().spellings(0).unread.size();
        std::printf("held out: %zu spellings, %zu docs\n", count, docs.size());
    }
    flush_output();
}

}  // namespace microgpt
