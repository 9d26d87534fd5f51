// Run: the whole program as one object: data, model, training, names.
#pragma once

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "microgpt/data/tokenizer.hpp"
#include "microgpt/engines/engine.hpp"
#include "microgpt/run/checkpoint.hpp"
#include "microgpt/run/corpus.hpp"
#include "microgpt/run/recipe.hpp"

namespace microgpt {

/// Told of each step: its number, the first being 1, and its loss. Returns whether to go on.
using OnStep = std::function<bool(Index step, double loss)>;

/// What is to be invented.
struct GenerateOptions {
    std::size_t count = 1;         // documents
    double temperature = 0.5;      // 0 is sure of itself, 1 is daring
    std::string prompt = {};       // what each starts with
    std::size_t side_by_side = 1;  // so many at once, which is faster
    std::size_t top_k = 0;         // each drawn from so many tokens; 0 is all
    double top_p = 0;              // or from those that have this share; 0 is all
};

/// A model in training. Every run with the same settings and data is the same, to the last digit;
/// and so is one that was stopped after any step and taken up again from its checkpoint. A run can
/// be moved; the one it was moved from can only be given another, and says so. With Values it is on
/// the current Tape, which must outlive it.
class Run {
  public:
    /// Loads the data and draws the model. Throws DataError, FileError, DownloadError or
    /// MemoryError, or std::invalid_argument for settings that do not fit together.
    explicit Run(const EngineKind& kind, const Settings& settings = {},
                 const DatasetOptions& data = {}, const VocabularyKind& tokens = characters())
        : Run{kind, checked(settings), load_dataset(data), tokens} {}  // in this order
    /// The same with data that are loaded already.
    Run(const EngineKind& kind, const Settings& settings, Dataset data,
        const VocabularyKind& tokens = characters());
    /// The model of a checkpoint, ready to invent documents. To go on with its training, load();
    /// its settings.steps say how far. Throws MemoryError, or std::invalid_argument for what fits
    /// no model, DataError for other kinds of tokens.
    Run(const EngineKind& kind, const Checkpoint& checkpoint,
        const VocabularyKind& tokens = characters());

    /// Loads the data that the checkpoint's model was trained on. Throws as above, and DataError if
    /// it is another text; then nothing has changed.
    void load(const DatasetOptions& data = {}) {
        computer();  // throws where there is none
        load(load_again(data_, data));
    }
    /// The same, given what load_again() loads.
    void load(Dataset data);

    /// Trains on the next documents, settings().batch of them, and returns their mean loss in nats.
    /// Throws NumberError, and changes nothing, where a loss or a gradient is not a finite number;
    /// std::logic_error where no steps are left, or no data is loaded.
    double step();
    /// Takes all the steps that are left, or as many as `on_step` wants. Throws as step().
    void train(const OnStep& on_step = {});
    /// The loss of every step so far, those before the checkpoint included.
    const std::vector<double>& losses() const { return losses_; }
    /// Whether all steps are taken.
    bool done() const { return losses_.size() >= settings_.steps; }

    /// Puts other parameters in the place of those that were drawn, and Adam begins with them.
    /// Throws std::logic_error after the first step, std::invalid_argument for those of another
    /// model.
    void begin_with(const std::vector<double>& parameters) {
        if (!losses_.empty()) throw std::logic_error("the run has begun: give them to a new one");
        const std::vector<double> none(parameters.size());
        computer().restore(parameters, {0, none, none});
    }

    /// All that is needed to go on from here. Throws NumberError if the model makes no sense any
    /// more, so that it takes no good one's place.
    Checkpoint checkpoint() const;

    /// Documents that nobody has written. The generator goes on drawing, so a second call gives
    /// others. Side by side each document has a generator of its own: how many are invented at
    /// once, and by which engine, is then of no matter. Throws as encode() and sample().
    std::vector<std::string> generate(const GenerateOptions& options = {});
    /// As if so many documents had been invented, which somebody else does.
    void skip(std::size_t documents) { invented_ += documents; }
    /// From now on documents are invented by the draws of this seed. Those of the training are left
    /// alone, and so a checkpoint is the same as without.
    void seed_names(std::uint64_t seed) {
        names_draws_ = recipe_->draws(seed);
        names_seed_ = seed;
        invented_ = 0;
    }
    /// The tokens of a prompt. Throws DataError if it has a character the model does not know, or
    /// fills the block_size.
    std::vector<Index> encode(const std::string& prompt) const;

    /// Begins to read so many documents: what it makes of them. The next step ends the reading.
    std::unique_ptr<Reader> reader(std::size_t documents) const {
        return computer().reader(documents);
    }

    /// As they were checked, and completed from a checkpoint.
    const Settings& settings() const { return settings_; }
    /// What computes, and its parameters.
    const Engine& engine() const { return computer(); }
    /// What to know the data by.
    const DataDescription& data() const { return data_; }
    /// What was learned of the data, or before it.
    const Vocabulary& vocabulary() const { return vocabulary_; }
    /// Which character is which token.
    const Tokenizer& tokenizer() const { return tokenizer_; }
    /// The documents, where they are loaded.
    const Corpus& corpus() const { return corpus_; }
    /// How many documents the data has.
    std::size_t num_docs() const { return data_.num_docs; }
    /// What a user should know about the data: one line each.
    const std::vector<std::string>& notes() const { return notes_; }

  private:
    TrainingConfig training_on(const Corpus& corpus) const;
    std::unique_ptr<Engine> make(const Draw& draw) const;
    Engine& computer() const {
        if (engine_ != nullptr) return *engine_;
        throw std::logic_error("this run was moved: call the one that it became");
    }
    NumberError with_advice(const std::string& when, const NumberError& error) const;

    Settings settings_;
    const Recipe* recipe_;
    std::unique_ptr<Draws> draws_;
    std::unique_ptr<Draws> names_draws_;  // if they have some of their own
    std::uint64_t names_seed_ = settings_.seed;
    Corpus corpus_;
    DataDescription data_;
    VocabularyKind tokens_;
    Vocabulary vocabulary_;
    Tokenizer tokenizer_;
    EngineKind kind_;
    std::unique_ptr<Engine> engine_;
    std::vector<double> losses_;
    std::uint64_t invented_ = 0;  // documents so far
    std::vector<std::string> notes_;
};

}  // namespace microgpt
