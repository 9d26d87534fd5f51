// Chapter 3's network with one letter of memory, its lessons, and counts to hold it against.
#pragma once

#include <string_view>
#include <vector>

#include "microgpt/data/tokenizer.hpp"
#include "microgpt/model/mlp.hpp"
#include "microgpt/random/random.hpp"

namespace microgpt::pictures {

/// After each letter, a share for every next one.
using Table = std::vector<std::vector<double>>;

/// How wide the network is and how far its first weights reach: as in the chapter, unless told
/// otherwise.
struct Beginning {
    Index n_embd = 16;
    double deviation = 0.08;
};

/// A letter in, the scores of the letter after it out.
struct Bigram {
    Bigram(Index vocab_size, Random& random, const Beginning& beginning = {});

    Vector operator()(Index token) const {
        const Vector x = rmsnorm(wte.row(token));
        return linear(x + mlp(x), lm_head);
    }
    Table shares() const;
    /// How nearly the embeddings of two letters point the same way: from -1 to 1.
    double likeness(Index a, Index b) const;

    Matrix wte;
    Mlp mlp;
    Matrix lm_head;
};

/// The names in the order in which the chapter reads them, and the generator after that.
struct Lesson {
    Lesson();

    Random random{42};
    std::vector<std::string_view> docs;
    Tokenizer tokenizer;
};

/// Which names to read, and how far to step after each: as the chapter does, unless told otherwise.
struct Reading {
    std::size_t from = 0;
    std::size_t to = 10000;
    double learning_rate = 0.1;
};

/// Returns the loss of each name.
std::vector<double> train(const Bigram& network, const Lesson& lesson, const Reading& reading = {});

/// How to count: as the followers come, or with those in one name weighing as much together as
/// those in another; and from how many for each pair on.
struct Counting {
    bool names_weigh_alike = false;
    double from = 0;
};

/// The share of a letter's followers that each letter is, in a lesson's names.
Table counted_shares(const Lesson& lesson, const Counting& counting = {});

/// The loss of each of a lesson's names, by a table.
std::vector<double> losses_of(const Table& shares, const Lesson& lesson);
/// The mean of these.
double loss_of(const Table& shares, const Lesson& lesson);

}  // namespace microgpt::pictures
