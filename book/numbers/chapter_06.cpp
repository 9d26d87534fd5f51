// The figures that chapter 6 says.
#include "microgpt/adam.hpp"
#include "microgpt/checkpoint.hpp"
#include "numbers.hpp"

namespace microgpt::book {

namespace {

constexpr const char* output = "chapters/06-adam/output.txt";

}  // namespace

void chapter_06(Numbers& numbers) {
    numbers.count("steps", Settings().steps);
    numbers.say("learning-rate", "%g", Adam::Config().learning_rate);
    numbers.recorded("last-loss", output, "its last: ([0-9.]+)");
    numbers.recorded("mean-last-100", output, "901-1000 +([0-9.]+)");
}

}  // namespace microgpt::book
