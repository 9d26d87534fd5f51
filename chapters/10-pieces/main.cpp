// Chapter 10: tokens of several letters, learned from four names, from all names and from a book.
#include <algorithm>
#include <cstdio>
#include <exception>

#include "microgpt/files/file.hpp"
#include "microgpt/run/engines.hpp"
#include "microgpt/run/evaluation.hpp"
#include "microgpt/tokens/bpe_encoder.hpp"
#include "microgpt/tokens/bpe_trainer.hpp"
#include "microgpt/tokens/byte_letters.hpp"
#include "microgpt/tokens/piece_vocabulary.hpp"

using namespace microgpt;
using Texts = std::vector<std::string_view>;

// ---- What is learned, and how it cuts

/// A text with a bar between its tokens.
std::string cut(const Bpe& bpe, std::string_view text) {
    std::string line;
    for (const Index id : BpeEncoder(bpe).encode(text)) line += bpe.tokens()[id] + '|';
    if (bpe.decode(BpeEncoder(bpe).encode(text)) != text) line += " (not the same text)";
    return line.substr(0, line.size() - 1);
}

void merge_four_names() {
    const Texts names = {"anna", "hanna", "hannah", "ian"};
    for (Index merges = 0; merges <= 3; ++merges) {
        const Bpe bpe = train_bpe(names, 256 + merges);
        std::printf("%-6s", merges == 0 ? "" : bpe.tokens().back().c_str());
        for (const std::string_view name : names) std::printf("  %-11s", cut(bpe, name).c_str());
        std::printf("\n");
    }
}

void learn(const char* name, const Texts& texts, std::string_view example) {
    std::printf("\n%s\nfirst merges:", name);
    const Bpe first = train_bpe(texts, 256 + 16);
    for (Index id = 256; id < first.vocab_size(); ++id) {
        std::printf(" %s", letters_of(first.tokens()[id]).c_str());
    }
    std::size_t bytes = 0;
    for (const std::string_view text : texts) bytes += text.size();
    std::printf("\ntokens  bytes a token\n");
    for (const Index size : {256, 300, 512, 1024, 4096}) {
        const Bpe bpe = train_bpe(texts, size);
        BpeEncoder encoder(bpe);
        std::size_t count = 0;
        for (const std::string_view text : texts) count += encoder.encode(text).size();
        std::printf("%6u  %13.2f  %s\n", bpe.vocab_size(),
                    static_cast<double>(bytes) / static_cast<double>(count),
                    cut(bpe, example).c_str());
    }
}

// ---- What a model makes of them

void train(const Settings& settings, const Dataset& data) {
    Run run(engine_kind(), settings, data, pieces_or_characters());
    run.train();
    const Spellings spellings = spellings_of(run, settings.steps);
    const Evaluation evaluation = evaluate(run, spellings.unread, 64);
    const std::string what = settings.tokens == 0 ? "letters" : std::to_string(settings.tokens);
    std::printf("%7s  %10zu  %16.4f  %10.2f  %13.3f\n", what.c_str(),
                run.engine().parameters().size(), evaluation.token_loss(), evaluation.perplexity(),
                evaluation.bits_per_byte());
    if (!settings.stream) return;
    std::string text = run.generate().front();
    std::ranges::replace(text, '\n', '/');
    std::printf("         %s\n", text.c_str());
}

int main() try {
    merge_four_names();

    const Dataset names = load_dataset();
    learn("names.txt", documents(names.text, names.name), "christopher");
    const Dataset book = {"this-book.txt", read_file(THIS_BOOK), ""};
    learn("this-book.txt", {book.text}, "a vocabulary of 1,000 tokens");

    const char* heading = " tokens  parameters  loss for a token  perplexity  bits per byte";
    std::printf("\nnames.txt, 1000 names, what was held out\n%s\n", heading);
    for (const Index tokens : {0, 300, 512, 1024}) {
        train({.held_out = 0.1, .tokens = tokens}, names);
    }
    std::printf("\nthis-book.txt, 1000 windows of 64 tokens, what was held out\n%s\n", heading);
    for (const Index tokens : {0, 300, 512, 1024}) {
        train({.n_embd = 32, .block_size = 64, .held_out = 0.1, .tokens = tokens, .stream = true},
              book);
    }
} catch (const std::exception& error) {
    std::fprintf(stderr, "chapter-10: %s\n", error.what());
    return 1;
}
