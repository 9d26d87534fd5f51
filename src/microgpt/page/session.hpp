// Session: the run that a page has, and what may be asked of it.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "microgpt/run/run.hpp"

namespace microgpt {

/// How much of a run is what a record of it says.
struct Agreement {
    std::size_t losses = 0;  // that are printed with the same digits,
    std::size_t names = 0;   // and names that are the same letter for letter,
    std::size_t of_losses = 0;
    std::size_t of_names = 0;  // of so many in the record
};

/// The mean of the last hundred losses, or of as many as there are; 0 where there are none.
double recent_mean(const std::vector<double>& losses);

/// Compares with what `microgpt` printed into a file: "step    1 / 1000 | loss 3.4282" for each
/// step, "sample  1: anna" for each name.
Agreement compare(const std::vector<double>& losses, const std::vector<std::string>& names,
                  const std::string& record);

/// A Tape of Values and, once one has begun, a run on it. A thread has one Session at the most.
class Session {
  public:
    Session() : tape_(std::make_unique<Tape>()) {}

    /// Begins a run, as Run::Run, in place of the one before: on a text, or on the embedded sample
    /// where that is null. Where it throws there is none.
    void begin(const Settings& settings, const Dataset* text = nullptr);
    /// Takes the model of a file that `microgpt --save` or keep() has written: it can invent names,
    /// and its training is over. Throws FormatError or as Run::Run; then the run is as it was.
    void open(const std::string& bytes);
    /// The bytes of such a file.
    std::string keep() { return to_bytes(run().checkpoint()); }
    /// The run. Throws std::logic_error where none has begun.
    Run& run();
    /// Its model, as it is now, in the innermost Scope. Throws as run().
    Gpt model();
    /// Whether that is one of the documents the run was made for, where their text is at hand.
    bool has_read(const std::string& document) const { return documents_.contains(document); }

  private:
    template <class... Arguments>
    void replace(const Arguments&... arguments);
    void know(const Dataset& text);

    std::unique_ptr<Tape> tape_;
    std::unique_ptr<Run> run_;
    std::set<std::string> documents_;
};

}  // namespace microgpt
