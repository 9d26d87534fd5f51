// The figures that chapter 6 says.
#include "numbers.hpp"

namespace microgpt::book {

void chapter_06(Numbers&) {}

}  // namespace microgpt::book
