// The model: that of the book's run, at hand for what is to be seen of it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "microgpt/data/tokenizer.hpp"
#include "microgpt/engines/engine.hpp"
#include "microgpt/random/random.hpp"

namespace microgpt::pictures {

/// A model in training, as the recipe "python" draws it.
struct Model {
    std::vector<std::string_view> documents;  // shuffled
    Tokenizer tokenizer;
    std::unique_ptr<Engine> engine;
    Random random;  // behind all that was drawn so far

    /// The shares that the next token has, once `text` was read.
    std::vector<double> next(std::string_view text, double temperature = 1) const;
    /// A name for each token: "·" for BOS.
    std::vector<std::string> names() const;
};

/// The model after so many of 1000 steps.
Model model_after(Index steps);

/// The matrix of that name among parameters in the order of shapes(), row by row.
std::vector<double> matrix_of(const Engine& engine, const std::string& name);

}  // namespace microgpt::pictures
