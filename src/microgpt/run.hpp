// Run: the whole program as two functions.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "microgpt/dataset.hpp"
#include "microgpt/recipe.hpp"

namespace microgpt {

/// What there is to train on, and what there is to train: told before the first step.
struct Summary {
    std::size_t num_docs;
    Index num_params;
    const Tokenizer& tokenizer;
    std::string note;  // why the data is the embedded sample; empty when it is not
};

/// What a run depends on. The defaults are the original's.
struct Options {
    std::string recipe = "python";  // or "elixir"
    std::uint64_t seed = 42;
    Index steps = 1000;
    Index n_layer = 1;
    Index n_embd = 16;
    Index n_head = 4;
    Index block_size = 16;
    double learning_rate = 0.01;
    DatasetOptions data;
    std::function<void(const Summary&)> on_start;
    std::function<void(Index step, double loss)> on_step;  // the first step is 0
};

/// A model and the randomness it goes on with.
struct Model {
    Gpt gpt;
    std::unique_ptr<Recipe> recipe;
};

/// What comes out of a run.
struct Trained {
    Model model;
    Tokenizer tokenizer;
    std::vector<double> losses;
    std::string note;  // as in Summary
};

/// Trains a model on the current Tape, which must outlive it. Throws DataError, FileError,
/// TapeError, std::invalid_argument for options that do not fit together, or std::runtime_error
/// when a loss is no longer a number.
Trained run(const Options& options = {});

/// The tokens of what a name is to start with. Throws DataError if it has a character the model
/// does not know, or fills the block_size.
std::vector<Index> encode_prompt(const Tokenizer& tokenizer, Index block_size,
                                 const std::string& prompt);

/// `count` documents, each starting with `prompt`. The model's recipe goes on drawing, so a second
/// call gives others. Throws as encode_prompt().
std::vector<std::string> generate(Model& model, const Tokenizer& tokenizer, int count,
                                  double temperature = 0.5, const std::string& prompt = "");

}  // namespace microgpt
