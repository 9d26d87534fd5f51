// The figures that chapter 2 says.
#include "numbers.hpp"

namespace microgpt::book {

void chapter_02(Numbers&) {}

}  // namespace microgpt::book
