// Beginning: a new run, one that goes on, or one that begins where another model ended.
#include "begin.hpp"

#include <cstdio>
#include <string>

#include "download_bar.hpp"
#include "keep.hpp"
#include "microgpt/tokens/piece_vocabulary.hpp"
#include "output.hpp"
#include "print_evaluation.hpp"
#include "say.hpp"

namespace microgpt {

Run begin(const Arguments& arguments, const Checkpoint* loaded, const StartWeights* weights) {
    DatasetOptions data = arguments.data;
    data.progress = show_download;
    const VocabularyKind& tokens = pieces_or_characters();
    if (loaded == nullptr && weights == nullptr) {
        return make_run(arguments.settings, data, arguments.engine, tokens);
    }
    if (weights != nullptr) {
        Run run =
            make_run(arguments.settings, data, arguments.engine, tokens_for(*weights, tokens));
        begin_with(run, *weights);
        return run;
    }
    Run run = make_run(*loaded, arguments.engine, tokens);
    const bool to_train = arguments.settings.steps > run.losses().size();
    if (to_train || arguments.evaluate || !data.file.empty() || !data.sha256.empty())
        run.load(data);
    return run;
}

void check_before(const Run& run, const Arguments& arguments) {
    try {
        run.encode(arguments.prompt);
    } catch (const DataError& error) {
        throw DataError("--prompt" + std::string(error.what()).substr(10));  // "the prompt"
    }
    require_unread(run, arguments);
    require_room(run, arguments);
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
