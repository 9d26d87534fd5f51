// Chapter 4's network, as the chapter trains it, and what can be seen of it while it reads.
#pragma once

#include <string_view>
#include <vector>

#include "microgpt/data/tokenizer.hpp"
#include "microgpt/model/attention.hpp"

namespace microgpt::pictures {

/// A network that looks back: letters and their positions, one layer of attention, nothing else.
struct LooksBack {
    LooksBack(Index vocab_size, const Draw& draw);

    Vector embed(Index token, Index position) const;
    Vector operator()(Index token, KvCache& cache) const;
    /// The share of each position that has been read, head by head, if `x` asks.
    std::vector<Vector> shares(Vector x, const KvCache& cache) const;
    Vector parameters() const { return parameters_of(wte, lm_head); }

    Matrix wte;
    Matrix wpe;
    Attention attention;
    Matrix lm_head;
};

constexpr Index looks_back_heads = 4;

/// The network after its 20,000 names, on the current Tape, and the letters it knows.
struct TrainedToLookBack {
    TrainedToLookBack();

    Tokenizer tokenizer;
    LooksBack network;
};

/// How long a Vector is: the root of the sum of its squares.
double length_of(std::span<const double> numbers);

}  // namespace microgpt::pictures
