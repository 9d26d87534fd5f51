// The figures that chapter 5 says.
#include "microgpt/gpt.hpp"
#include "numbers.hpp"

namespace microgpt::book {

void chapter_05(Numbers& numbers) {
    numbers.count("params", static_cast<double>(count_parameters({.vocab_size = 27})));
    numbers.recorded("untrained-loss", "chapters/05-gpt/output.txt", "mean loss +([0-9.]+)");
}

}  // namespace microgpt::book
