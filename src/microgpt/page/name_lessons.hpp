// NameLessons: what chapters 3 and 6 train on names, with numbers of the reader's own.
#pragma once

#include <string_view>
#include <vector>

#include "microgpt/data/dataset.hpp"
#include "microgpt/data/tokenizer.hpp"
#include "microgpt/model/mlp.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/training/adam.hpp"

namespace microgpt {

/// The embedded names as the reference run reads them, and its generator, which draws the weights
/// next.
struct NameCourse {
    NameCourse();
    NameCourse(const NameCourse&) = delete;
    NameCourse& operator=(const NameCourse&) = delete;

    /// The name that is read at a step.
    std::vector<Index> tokens(Index step) const {
        return tokenizer.encode(names[step % names.size()]);
    }

    Dataset data = embedded_sample();
    Random random = Random(42);
    std::vector<std::string_view> names;
    Tokenizer tokenizer;
};

/// The losses of so many of a run's first steps, taken by Adam or, where that is null, by plain
/// descent at a rate; either shrinks as in a run of a thousand steps. Leaves a model on the Tape.
/// Throws NumberError where a loss is no finite number any more.
std::vector<double> name_losses(const Adam::Config* adam, double learning_rate, Index steps);

/// Chapter 3's network with one letter of memory, on the current Tape, which must outlive it.
class BigramTable {
  public:
    BigramTable();

    /// Reads so many names more, each a step of plain descent, and returns their mean loss. Throws
    /// std::invalid_argument for no names, and NumberError.
    double train(Index steps, double learning_rate);
    /// How many it has read.
    Index steps() const { return step_; }
    /// For each token read, the shares of the one that comes next; the last is BOS.
    std::vector<std::vector<double>> shares() const;
    const Tokenizer& tokenizer() const { return course_.tokenizer; }

  private:
    Vector scores(Index token) const;

    NameCourse course_;
    Matrix wte_;
    Mlp mlp_;
    Matrix lm_head_;
    Index step_ = 0;
};

}  // namespace microgpt
