// The figures that chapter 4 says.
#include "numbers.hpp"

namespace microgpt::book {

void chapter_04(Numbers&) {}

}  // namespace microgpt::book
