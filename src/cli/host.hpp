// Host: where the program runs, as one process or as several that do the same.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "interrupt.hpp"
#include "microgpt/run/engines.hpp"
#include "microgpt/run/evaluation.hpp"

namespace microgpt {

/// A process alone. Of several, each does all that the program does, and what they do differently,
/// or together, they are asked for here.
class Host {
  public:
    Host() = default;
    virtual ~Host() = default;
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;

    /// How many there are, and whether this one reads and writes files for all.
    virtual std::size_t size() const { return 1; }
    virtual bool is_first() const { return true; }
    /// The bytes that the first has: `make` is called there alone.
    virtual std::string broadcast(const std::function<std::string()>& make) { return make(); }
    /// What is to compute.
    virtual EngineKind engine(const EngineChoice& choice) { return engine_kind(choice); }
    /// Before the first takes a run's checkpoint().
    virtual void before_saving() {}
    /// Run::generate(), for the first; the others may get less.
    virtual std::vector<std::string> generate(Run& run, const GenerateOptions& options) {
        return run.generate(options);
    }
    /// evaluate() of as many pieces as there are processes, or fewer, for the first.
    virtual std::vector<Evaluation> evaluate(
        const Run& run, std::span<const std::span<const std::string_view>> pieces,
        std::size_t side_by_side) {
        return {microgpt::evaluate(run, pieces.front(), side_by_side)};
    }
    /// Whether to stop: the same for all.
    virtual int interrupted() { return microgpt::interrupted(); }
};

}  // namespace microgpt
