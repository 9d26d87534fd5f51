// Trials: the same training with several seeds, each asked about names that it has not read.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "microgpt/run/run.hpp"

namespace microgpt {

using Texts = std::vector<std::string_view>;

/// Names to train on, and a tenth of the spellings that are kept from it.
struct Exam {
    /// Which ones are held out depends on the names alone.
    explicit Exam(const std::string& all_names);

    std::shared_ptr<const std::string> text;  // what both are views of
    Texts training;
    Texts held_out;
};

/// The names as a file would have them, one a line.
std::string lines(const Texts& names);

/// The names as they are, to be read.
Texts views(const std::vector<std::string>& names);

/// What all trials have in common: sixteen names a step.
Settings settings_of(std::uint64_t seed, Index steps = 1000);

/// A run on these names, none of which is held out.
Run run_on(const Texts& names, const Settings& settings);
/// The same, which begins with the matrices of another run's checkpoint, and knows its letters.
Run run_from(const std::string& checkpoint, const Texts& names, const Settings& settings);

/// The mean surprise of a model at a letter of these names, in nats.
double loss(const Run& run, const Texts& names);

/// Of what several seeds say, the mean and the standard deviation.
struct Figure {
    double mean = 0;
    double spread = 0;
};

/// What one seed measures: as many numbers as any other.
using Measured = std::function<std::vector<double>(std::uint64_t seed)>;

/// The Figure of each of these numbers, over the seeds 1, 2, … `seeds`.
std::vector<Figure> over(std::uint64_t seeds, const Measured& measured);

}  // namespace microgpt
