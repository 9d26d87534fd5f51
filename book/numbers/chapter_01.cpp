// The figures that chapter 1 says.
#include "numbers.hpp"

namespace microgpt::book {

void chapter_01(Numbers&) {}

}  // namespace microgpt::book
