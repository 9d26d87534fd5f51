// The order that the Elixir program's parameters are in after its first step.
#pragma once

#include <vector>

#include "microgpt/model/gpt.hpp"

namespace microgpt {

/// For each parameter, in the order of shapes(), which one takes its place: as Engine::rearrange()
/// has it.
///
/// The program flattens its parameters matrix by matrix in the order of a map's keys, which is
/// alphabetical. After each step it cuts the flat list into matrices again, in the order in which
/// its source lists them: wte, wpe, lm_head, then every layer's attention, then every layer's MLP.
/// So after the first step each matrix is made of other matrices' numbers. The list itself stays as
/// it was, and Adam's memory with it, so it happens once. (From five layers on an Erlang map has an
/// order of its own, and ours, still alphabetical, is another.)
std::vector<Index> elixir_order(const GptConfig& config);

}  // namespace microgpt
