// The figures that chapter 7 says.
#include "numbers.hpp"

namespace microgpt::book {

void chapter_07(Numbers&) {}

}  // namespace microgpt::book
