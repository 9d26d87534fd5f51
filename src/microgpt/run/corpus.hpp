// Corpus: the documents of a run, in the order in which it reads them.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "microgpt/data/dataset.hpp"
#include "microgpt/data/tokenizer.hpp"
#include "microgpt/data/vocabulary.hpp"
#include "microgpt/run/held_out.hpp"
#include "microgpt/run/recipe.hpp"
#include "microgpt/run/settings.hpp"

namespace microgpt {

/// What a model was trained on: enough to know it again.
struct DataDescription {
    std::string name;  // of the file, without its folder
    std::string sha256;
    std::size_t num_docs = 0;
};

/// A text, its documents and its tokens. It can be moved: the text stays where it is.
class Corpus {
  public:
    /// Without documents.
    Corpus() = default;
    /// The documents of a dataset, in an order that is drawn, and those that are held out behind
    /// the others. With settings.stream they are windows: stretches of one text that follow one
    /// another, each of block_size tokens, and what is held out is the text's end. Throws DataError
    /// if there are none, or as hold_out().
    Corpus(Dataset dataset, const Recipe& recipe, Draws& draws, const Settings& settings = {},
           const VocabularyKind& kind = characters());

    /// They are views into the text, which lives as long as this.
    const std::vector<std::string_view>& docs() const { return docs_; }
    /// Those to train on, and those that are held out.
    std::span<const std::string_view> training() const { return std::span(docs_).first(trained_); }
    std::span<const std::string_view> held_out() const {
        return std::span(docs_).subspan(trained_);
    }
    /// What was learned of it.
    const Vocabulary& vocabulary() const { return vocabulary_; }
    /// Its spellings, or its windows as they are, when so many documents to train on have been
    /// read.
    Spellings spellings(std::size_t read) const;
    /// How many positions the longest takes, at the most: a character is a byte at the least, and
    /// BOS comes before them. 0 where there are none.
    std::size_t longest() const;
    /// What there is to say of the text; only where there are documents.
    const Dataset& dataset() const { return *dataset_; }
    /// What to tell whoever trains on it: why it is this text, and what of it cannot be read.
    std::vector<std::string> notes(const Tokenizer& tokenizer, std::size_t block_size) const;
    /// What to know the text by.
    DataDescription description() const;

  private:
    void take_windows(Draws& draws, const Settings& settings, const VocabularyKind& kind);

    std::unique_ptr<const Dataset> dataset_;
    std::vector<std::string_view> docs_;
    std::size_t trained_ = 0;  // of these
    SpellingOf spelling_of_;
    bool are_windows_ = false;
    Vocabulary vocabulary_;
};

/// Loads what a model was trained on, and nothing else. Throws DataError where it is not to be had.
Dataset load_again(const DataDescription& data, DatasetOptions options);

}  // namespace microgpt
