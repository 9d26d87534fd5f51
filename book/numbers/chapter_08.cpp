// The figures that chapter 8 says.
#include "numbers.hpp"

namespace microgpt::book {

void chapter_08(Numbers&) {}

}  // namespace microgpt::book
