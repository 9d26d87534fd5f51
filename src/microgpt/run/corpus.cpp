// Corpus: cut, shuffled, and found again.
#include "microgpt/run/corpus.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <utility>

#include "microgpt/data/windows.hpp"
#include "microgpt/files/sha256.hpp"

namespace microgpt {

static bool is_set(const char* variable) {
    const char* value = std::getenv(variable);
    return value != nullptr && *value != '\0';
}

Corpus::Corpus(Dataset dataset, const Recipe& recipe, Draws& draws, const Settings& settings,
               const VocabularyKind& kind)
    : dataset_(std::make_unique<const Dataset>(std::move(dataset))),
      docs_(recipe.documents(dataset_->text, dataset_->name)),
      spelling_of_{recipe.split, settings.tokens > 0 ? SIZE_MAX : settings.block_size},
      are_windows_(settings.stream) {
    if (are_windows_) {
        take_windows(draws, settings, kind);
        return;
    }
    draws.shuffle(docs_);
    const bool holds_out = settings.held_out > 0;
    trained_ = holds_out ? hold_out(docs_, settings.held_out, spelling_of_) : docs_.size();
    vocabulary_ = kind.learn(docs_, trained_, {settings.tokens, recipe.split});
}

void Corpus::take_windows(Draws& draws, const Settings& settings, const VocabularyKind& kind) {
    const std::string_view text = dataset_->text;
    const std::size_t end = end_of_training(text, settings.held_out);
    docs_ = {text.substr(0, end), text.substr(end)};
    const VocabularyKind::Wish wish = {settings.tokens, spelling_of_.split};
    vocabulary_ = kind.learn(docs_, 1, wish);
    const Tokenizer tokenizer = kind.tokenizer(vocabulary_, wish);
    std::vector<std::string_view> held_out = windows(docs_[1], tokenizer, settings.block_size);
    docs_ = windows(docs_[0], tokenizer, settings.block_size);
    trained_ = docs_.size();
    draws.shuffle(docs_);
    docs_.insert(docs_.end(), held_out.begin(), held_out.end());
}

Spellings Corpus::spellings(std::size_t read) const {
    const auto of = [&](std::span<const std::string_view> documents) {
        if (!are_windows_) return microgpt::spellings(documents, spelling_of_);
        std::vector<std::string_view> all(documents.begin(), documents.end());
        std::ranges::sort(all);
        return all;
    };
    read = std::min(read, trained_);
    Spellings spellings = {.all = of(std::span(docs_)), .read = of(training().first(read))};
    auto others = of(trained_ < docs_.size() ? held_out() : training().subspan(read));
    if (are_windows_) return {spellings.all, spellings.read, std::move(others)};
    std::ranges::set_difference(others, spellings.read, std::back_inserter(spellings.unread));
    return spellings;
}

std::size_t Corpus::longest() const {
    std::size_t most = 0;
    for (const std::string_view doc : docs_) most = std::max(most, doc.size() + 1);
    return most;
}

std::vector<std::string> Corpus::notes(const Tokenizer& tokenizer, std::size_t block_size) const {
    std::vector<std::string> notes;
    if (!dataset_->note.empty()) notes.push_back(dataset_->note);
    if (dataset_->text.find('\0') != std::string::npos) {
        notes.push_back(dataset_->name + " has NUL bytes: is it UTF-16?");
    }
    const auto is_longer = [&](std::string_view doc) {
        return doc.size() > block_size && tokenizer.tokens(doc, block_size + 1).size() > block_size;
    };
    if (const auto longer = std::ranges::count_if(docs_, is_longer); longer > 0) {
        notes.push_back(std::to_string(longer) + " of " + std::to_string(docs_.size()) +
                        " documents are longer than block_size: of these the first " +
                        std::to_string(block_size) + " " + tokenizer.unit() + "s are read");
    }
    return notes;
}

DataDescription Corpus::description() const {
    const auto& [name, text, note, sha256] = *dataset_;
    return {std::filesystem::path(name).filename(), sha256.empty() ? sha256_of(text) : sha256,
            docs_.size()};
}

Dataset load_again(const DataDescription& data, DatasetOptions options) {
    if (!options.sha256.empty() && sha256_from(options.sha256) != data.sha256) {
        throw DataError("the checkpoint was trained on " + data.name + ", whose SHA-256 is " +
                        data.sha256);
    }
    options.sha256 = data.sha256;
    const bool is_own = data.sha256 != names_sha256 && !is_set("MICROGPT_DATA_URL");
    if (is_own) options.offline = true;  // nobody else has it
    try {
        Dataset sample = embedded_sample();
        const bool was_sample = options.file.empty() && sha256_of(sample.text) == data.sha256;
        return was_sample ? sample : load_dataset(options);
    } catch (const Error& error) {
        const bool is_named = !options.file.empty() || is_set("MICROGPT_NAMES");
        throw DataError(
            "the checkpoint was trained on " + data.name + ", which training has to go on with: " +
            (is_own && !is_named ? "name " + data.name + " again with --data" : error.what()));
    }
}

}  // namespace microgpt
