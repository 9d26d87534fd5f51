// The figures that chapter 7 says.
#include "numbers.hpp"

namespace microgpt::book {

void chapter_07(Numbers& numbers) {
    numbers.recorded("temperature", "chapters/07-sampling/output.txt",
                     "the reference's temperature, ([0-9.]+),");
}

}  // namespace microgpt::book
