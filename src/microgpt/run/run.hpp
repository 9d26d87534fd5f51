// Run: the whole program as one object: data, model, training, names.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "microgpt/data/dataset.hpp"
#include "microgpt/engines/value_engine.hpp"
#include "microgpt/run/checkpoint.hpp"
#include "microgpt/run/recipe.hpp"

namespace microgpt {

/// A model in training; with Values, on the current Tape, which must outlive it. Every run with the
/// same settings and data is the same, to the last digit; and so is one that was stopped after any
/// step and taken up again from its checkpoint.
class Run {
  public:
    /// Loads the data and draws the model. Throws DataError, FileError, DownloadError, or
    /// std::invalid_argument for settings that do not fit together or need too much memory.
    explicit Run(const Settings& settings = {}, const DatasetOptions& data = {},
                 const EngineKind& kind = value_kind());
    /// The model of a checkpoint, ready to invent documents. To go on with its training, load().
    explicit Run(const Checkpoint& checkpoint, const EngineKind& kind = value_kind());
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;

    /// Loads the data that the checkpoint's model was trained on. Throws as above, and DataError if
    /// it is another text.
    void load(DatasetOptions data = {});

    /// Trains on the next documents, settings().batch of them, and returns their mean loss in nats.
    /// Throws NumberError, and changes nothing, where a loss or a gradient is not a finite number.
    double step();
    /// The loss of every step so far, those before the checkpoint included.
    const std::vector<double>& losses() const { return losses_; }
    /// Whether there are steps left.
    bool done() const { return losses_.size() >= settings_.steps; }

    /// All that is needed to go on from here. Throws NumberError if the model makes no sense any
    /// more, so that it takes no good one's place.
    Checkpoint checkpoint() const;

    /// `count` documents, each starting with `prompt`, of which so many are invented side by side:
    /// that is faster, and gives others. The generator goes on drawing, so a second call gives
    /// others again. Throws as encode(), or NumberError.
    std::vector<std::string> generate(std::size_t count, double temperature = 0.5,
                                      const std::string& prompt = "", std::size_t side_by_side = 1);
    /// The tokens of a prompt. Throws DataError if it has a character the model does not know, or
    /// fills the block_size.
    std::vector<Index> encode(const std::string& prompt) const;

    const Settings& settings() const { return settings_; }
    const Engine& engine() const { return *engine_; }
    const Tokenizer& tokenizer() const { return tokenizer_; }
    std::size_t num_docs() const { return data_.num_docs; }
    /// What a user should know about the data: one line each.
    const std::vector<std::string>& notes() const { return notes_; }

  private:
    std::unique_ptr<Engine> make(const EngineKind& kind, const Draw& draw) const;
    void note_data();
    NumberError with_advice(const std::string& when, const NumberError& error) const;

    Settings settings_;
    std::unique_ptr<Recipe> recipe_;
    Dataset dataset_;
    std::vector<std::string_view> docs_;  // of dataset_.text
    DataDescription data_;
    Tokenizer tokenizer_;
    std::unique_ptr<Engine> engine_;
    std::vector<double> losses_;
    std::vector<std::string> notes_;
};

}  // namespace microgpt
