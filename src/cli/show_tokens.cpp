// Shows tokens: learns or loads them, cuts the text, and keeps them if that is asked for.
#include "show_tokens.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <limits>
#include <string>

#include "check_files.hpp"
#include "microgpt/files/file.hpp"
#include "microgpt/files/save.hpp"
#include "microgpt/run/checkpoint.hpp"
#include "microgpt/tokens/bpe_encoder.hpp"
#include "microgpt/tokens/bpe_trainer.hpp"
#include "microgpt/tokens/piece_vocabulary.hpp"
#include "microgpt/tokens/tiktoken_ranks.hpp"
#include "microgpt/tokens/tokenizer_json.hpp"
#include "one_line.hpp"
#include "output.hpp"
#include "parse.hpp"
#include "say.hpp"
#include "validators.hpp"

namespace microgpt {

namespace {

constexpr char footer[] = R"(Examples:
  microgpt tokens story.txt                      cut by 512 tokens that are learned from it
  microgpt tokens story.txt --tokens 4096        by more
  microgpt tokens story.txt --load m.safetensors by those of a model
  microgpt tokens story.txt --load tokenizer.json
                                                 of Hugging Face's tokenizers, or a list of tiktoken's
  microgpt tokens story.txt --save tokenizer.json
                                                 and keep them; as tiktoken's list where the name
                                                 ends with .tiktoken
)";

struct Wanted {
    std::filesystem::path text;
    Index tokens = 512;
    std::filesystem::path load;
    std::filesystem::path save;
};

bool declared(int argc, const char* const* argv, Wanted& wanted, int& status) {
    CLI::App app("Shows a text cut into its pieces, with a bar between two.", "microgpt tokens");
    app.footer(footer);
    app.allow_extras();
    app.option_defaults()->take_last();
    app.get_help_ptr()->disable_flag_override();
    const auto file = [&](const char* name, std::filesystem::path& path, const char* description,
                          const Validator& value) {
        app.add_option(name, path, description)
            ->transform(CLI::Validator(value.wrong_with, ""))
            ->type_name("FILE");
    };
    file("text", wanted.text, "The text; - is standard input", input_name());
    const Validator count = whole(256, std::numeric_limits<Index>::max());
    app.add_option("--tokens", wanted.tokens, "How many to learn from it")
        ->transform(CLI::Validator(count.wrong_with, ""))
        ->capture_default_str();
    file("--load", wanted.load,
         "Take those of a checkpoint, a tokenizer.json or a list of tiktoken's", input_name());
    file("--save", wanted.save, "Write them to this file; - is standard output", file_name());
    const auto check = [&] {
        if (wanted.text.empty()) throw std::invalid_argument("name a text: microgpt tokens FILE");
        if (!wanted.load.empty() && app.count("--tokens") > 0) {
            throw std::invalid_argument(
                "--tokens: those of --load are there: leave one of them out");
        }
        check_files(wanted.text, wanted.load, wanted.save);
    };
    return parse_words(app, argc, argv, check, status);
}

/// A safetensors file begins with the length of its head in eight bytes, and then has JSON.
Bpe loaded(const std::filesystem::path& file) {
    const std::string bytes = read_file(file);
    if (bytes.size() > 8 && bytes[7] == 0 && bytes[8] == '{') {
        const Checkpoint checkpoint = from_bytes(bytes, file);
        if (checkpoint.settings.tokens > 0) return bpe_of(checkpoint.vocabulary);
        throw DataError(called(file) + ": its model reads characters, one by one");
    }
    const std::size_t mark = bytes.starts_with("\xef\xbb\xbf") ? 3 : 0;
    const std::size_t begin = bytes.find_first_not_of(" \t\r\n", mark);
    if (begin != bytes.npos && bytes[begin] == '{') return bpe_from_json(bytes, called(file));
    Bpe bpe = bpe_from_ranks(bytes, called(file));
    say(called(file) + " does not say where words are cut: it is done as GPT-2 does");
    return bpe;
}

/// As it may be shown: a token may be part of a character, or none.
std::string as_seen(const std::string& token) {
    std::string text;
    bool is_text = true;
    try {
        require_utf8(token, "");
    } catch (const DataError&) {
        is_text = false;
    }
    for (const char byte : token) {
        char escaped[8];
        std::snprintf(escaped, sizeof escaped, "\\x%02x", static_cast<unsigned char>(byte));
        const bool is_plain = is_text || static_cast<unsigned char>(byte) < 128;
        text += byte == '\n' ? "\n" : is_plain ? std::string(1, byte) : escaped;
    }
    return text;
}

/// Better known before much is learned than after it.
void require_place(const std::filesystem::path& save) {
    if (save.empty()) return;
    if (save != "-") return require_writable(save, 0);
    reserve_output();
    require_output(true);
}

void keep(const Bpe& bpe, const std::filesystem::path& save) {
    if (save.empty()) return;
    const std::string bytes =
        save.extension() == ".tiktoken" ? bpe_to_ranks(bpe) : bpe_to_json(bpe);
    save == "-" ? write_output(bytes) : write_file(save, bytes);
}

}  // namespace

int show_tokens(int argc, const char* const* argv) {
    int status = 0;
    Wanted wanted;
    if (!declared(argc, argv, wanted, status)) return status;
    require_place(wanted.save);
    const std::string text = read_file(wanted.text);
    const Bpe bpe = wanted.load.empty() ? train_bpe({text}, wanted.tokens) : loaded(wanted.load);
    keep(bpe, wanted.save);  // first: whoever looks at the beginning alone closes the pipe
    const std::vector<Index> ids = BpeEncoder(bpe).encode(text);
    const double pieces = static_cast<double>(ids.size());
    std::printf("bytes: %zu | tokens: %zu | bytes a token: %.2f | vocabulary: %u\n\n", text.size(),
                ids.size(), ids.empty() ? 0.0 : static_cast<double>(text.size()) / pieces,
                bpe.vocab_size());
    std::string line;
    for (const Index id : ids) {
        if (!line.empty() && line.back() != '\n') line += '|';
        line += as_seen(bpe.tokens()[id]);
    }
    for (std::string_view rest = line; !rest.empty();) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::printf("%s\n", one_line(rest.substr(0, end)).c_str());
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return 0;
}

}  // namespace microgpt
