// tokenizer.json, by nlohmann-json.
#include "microgpt/tokens/tokenizer_json.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "microgpt/tokens/byte_letters.hpp"

namespace microgpt {

using nlohmann::json;

namespace {

/// Whether a part is there and says something.
bool asks(const json& object, const char* key) {
    const json value = object.value(key, json());
    return !value.is_null() && value != "" && value != 0 && value != false;
}

[[noreturn]] void refuse(const std::string& what) {
    throw DataError("it has " + what + ", which is not known here");
}

/// Throws where a tokenizer does something that this one does not.
void require_byte_level(const json& file) {
    const json& model = file.at("model");
    if (model.value("type", "BPE") != "BPE") {
        throw DataError("its model is " + model.at("type").dump() + ", and only \"BPE\" is known");
    }
    for (const char* key :
         {"unk_token", "continuing_subword_prefix", "end_of_word_suffix", "dropout"}) {
        if (asks(model, key)) refuse("a model with \"" + std::string(key) + '"');
    }
    for (const char* key : {"normalizer", "truncation", "padding"}) {
        if (asks(file, key)) refuse('"' + std::string(key) + '"');
    }
    const json cut = asks(file, "pre_tokenizer") ? file.at("pre_tokenizer") : json::object();
    if (cut.value("type", "") != "ByteLevel" || !cut.value("use_regex", true) ||
        cut.value("add_prefix_space", true)) {
        throw DataError(
            "it cuts texts in another way than GPT-2 (a pre_tokenizer ByteLevel with its regex and "
            "without a space in front)");
    }
}

/// A special token stands between texts. Another that was added is looked for in every text before
/// it is cut, and some take the spaces beside them along.
Index special_token(const json& added) {
    const std::string name = added.at("content").dump();
    if (!asks(added, "special")) refuse("an added token " + name + " that is not special");
    for (const char* key : {"single_word", "lstrip", "rstrip"}) {
        if (asks(added, key)) refuse("a token " + name + " with \"" + key + '"');
    }
    return added.at("id");
}

/// The letters of a merge's two tokens: they are a list of two, or in older files a text.
std::pair<std::string, std::string> parts(const json& merge) {
    if (merge.is_array()) return {merge.at(0), merge.at(1)};
    const auto text = merge.get<std::string>();
    const std::size_t space = std::min(text.find(' '), text.size());
    return {text.substr(0, space), text.substr(std::min(space + 1, text.size()))};
}

Bpe bpe_from(const json& file) {
    require_byte_level(file);
    const json& model = file.at("model");
    const auto vocab = model.at("vocab").get<std::map<std::string, Index>>();
    std::map<Index, std::string> tokens;
    std::vector<Index> special;
    for (const json& token : file.value("added_tokens", json::array())) {
        special.push_back(special_token(token));
        tokens[special.back()] = token.at("content");
    }
    for (const auto& [letters, id] : vocab) {
        if (!tokens.contains(id)) tokens[id] = bytes_of(letters);
    }
    const auto token = [&](const std::string& letters) {
        const auto found = vocab.find(letters);
        if (found == vocab.end())
            throw DataError("a merge needs the token " + json(letters).dump());
        return found->second;
    };
    std::vector<Merge> merges;
    for (const json& merge : model.at("merges")) {
        const auto [left, right] = parts(merge);
        merges.push_back({token(left), token(right), token(left + right)});
    }
    return {in_order(tokens),
            std::move(merges),
            {.whole_pieces_first = model.value("ignore_merges", false)},
            std::move(special)};
}

}  // namespace

Bpe bpe_from_json(std::string_view text, const std::string& name) {
    try {
        return bpe_from(json::parse(text));
    } catch (const json::parse_error&) {
        throw DataError(name + " is not JSON, as a tokenizer.json would be");
    } catch (const json::exception&) {
        throw DataError(name + " is not a tokenizer.json: a part is missing or of another kind");
    } catch (const DataError& error) {
        throw DataError(name + ": " + error.what());
    }
}

std::string bpe_to_json(const Bpe& bpe) {
    const auto letters = [&](Index id) {
        const bool is_special = std::ranges::find(bpe.special(), id) != bpe.special().end();
        return is_special ? bpe.tokens()[id] : letters_of(bpe.tokens()[id]);
    };
    json added = json::array();
    for (const Index id : bpe.special()) {
        added.push_back({{"id", id},
                         {"content", letters(id)},
                         {"single_word", false},
                         {"lstrip", false},
                         {"rstrip", false},
                         {"normalized", false},
                         {"special", true}});
    }
    json vocab;
    for (Index id = 0; id < bpe.vocab_size(); ++id) vocab[letters(id)] = id;
    json merges = json::array();
    for (const auto& [left, right, whole] : bpe.merges()) {
        merges.push_back({letters(left), letters(right)});
    }
    const json byte_level = {{"type", "ByteLevel"},
                             {"add_prefix_space", false},
                             {"trim_offsets", true},
                             {"use_regex", true}};
    const json model = {{"type", "BPE"},
                        {"dropout", nullptr},
                        {"unk_token", nullptr},
                        {"continuing_subword_prefix", nullptr},
                        {"end_of_word_suffix", nullptr},
                        {"fuse_unk", false},
                        {"byte_fallback", false},
                        {"ignore_merges", bpe.rules().whole_pieces_first},
                        {"vocab", vocab},
                        {"merges", merges}};
    return json{{"version", "1.0"},          {"truncation", nullptr}, {"padding", nullptr},
                {"added_tokens", added},     {"normalizer", nullptr}, {"pre_tokenizer", byte_level},
                {"post_processor", nullptr}, {"decoder", byte_level}, {"model", model}}
        .dump(1);
}

}  // namespace microgpt
