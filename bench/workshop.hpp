// What the benchmarks share: names, engines for them, and how a step is timed.
#pragma once

#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <vector>

#include "microgpt/run/engines.hpp"

namespace microgpt {

/// A thousand documents of the reference run, or of the embedded sample where names.txt is not at
/// hand.
const std::vector<std::vector<Index>>& documents();

/// An engine with weights as the reference draws them.
std::unique_ptr<Engine> engine_for(const EngineChoice& choice, const GptConfig& config);

/// The reference's model, and models of other sizes for the same names.
GptConfig config_of(Index n_embd = 16, Index n_layer = 1, Index n_head = 4);

/// Takes steps, with counters: parameters, FLOP/s, and what share of this core's peak that is.
void time_steps(benchmark::State& state, const EngineChoice& choice, const GptConfig& config,
                std::size_t batch);

/// Has Google Benchmark time how fast bytes come and go, two numbers read for each that is written:
/// of so many kilobytes in all, which lie in a cache or, where they are too many, in memory.
void register_stream(std::size_t kilobytes);

/// Has Google Benchmark time the whole program with these arguments, from its start to its end: the
/// processor's time, that of the system included.
void register_program(const std::string& name, const std::vector<const char*>& arguments);

}  // namespace microgpt
