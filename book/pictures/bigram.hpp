// Chapter 3's network with one letter of memory, and its lessons.
#pragma once

#include <string_view>
#include <vector>

#include "microgpt/mlp.hpp"
#include "microgpt/random.hpp"
#include "microgpt/tokenizer.hpp"

namespace microgpt::pictures {

/// A letter in, the scores of the letter after it out.
struct Bigram {
    Bigram(Index vocab_size, Random& random);

    Vector operator()(Index token) const {
        const Vector x = rmsnorm(wte.row(token));
        return linear(x + mlp(x), lm_head);
    }

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

/// Trains as the chapter does. Returns the loss of each name.
std::vector<double> train(const Bigram& network, const Lesson& lesson);

/// The mean loss over all names if the shares after a letter are how often each one followed it.
double loss_of_counting(const Lesson& lesson);

}  // namespace microgpt::pictures
