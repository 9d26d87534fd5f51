// The figures that chapter 3 says.
#include "numbers.hpp"

namespace microgpt::book {

void chapter_03(Numbers&) {}

}  // namespace microgpt::book
