// All of the library but the insides of its engines, and libcurl.
#pragma once

#if __cplusplus < 202002L
#error "microgpt needs C++20: compile with -std=c++20"
#endif

#include "microgpt/autograd/dot.hpp"
#include "microgpt/autograd/gradcheck.hpp"
#include "microgpt/data/spelling.hpp"
#include "microgpt/engines/candidates.hpp"
#include "microgpt/engines/gpt_reader.hpp"
#include "microgpt/engines/sampler.hpp"
#include "microgpt/engines/value_engine.hpp"
#include "microgpt/files/json_text.hpp"
#include "microgpt/files/magic.hpp"
#include "microgpt/files/part_file.hpp"
#include "microgpt/files/save.hpp"
#include "microgpt/files/sha256.hpp"
#include "microgpt/random/erlang_random.hpp"
#include "microgpt/random/random.hpp"
#include "microgpt/run/elixir_order.hpp"
#include "microgpt/run/engines.hpp"
#include "microgpt/run/evaluation.hpp"
#include "microgpt/run/memory.hpp"
#include "microgpt/run/prompt.hpp"
#include "microgpt/training/finite.hpp"
#include "microgpt/training/trainer.hpp"
#include "microgpt/version.hpp"
